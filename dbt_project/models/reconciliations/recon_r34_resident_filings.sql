-- Resident groups whose tally of cases filed in the month is not what their ledger says.
with filed as (
    select k.rolled_up_unit_code as unit_code, count(*) as case_count
    from {{ as_of_period('int_cases') }} as k
    where strftime(k.stat_on, '%Y-%m') = '{{ var("period") }}'
    group by k.rolled_up_unit_code
)

select
    {{ failing('activities', 'a.unit_code', 'a.item_code',
               "'填报' || cast(a.month_quantity as bigint) || '件，台账' || coalesce(f.case_count, 0) || '件'") }}
from {{ as_of_period('int_cur_activities') }} as a
inner join {{ as_of_period('int_units_valid') }} as u
    on a.unit_code = u.unit_code and u.unit_type_code = 'DIS'
inner join {{ as_of_period('int_returns_in_force') }} as r
    on a.unit_code = r.unit_code and a.period = r.period and r.form = 'cases'
left join filed as f on a.unit_code = f.unit_code
where a.item_code = 'A0407' and a.period = '{{ var("period") }}'
    and a.month_quantity <> coalesce(f.case_count, 0)
