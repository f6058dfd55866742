-- Problems found by a resident group that are not its ledger's, and messages of the board rated
-- satisfied beyond those rated, or rated beyond those followed up.
with found as (
    select rolled_up_unit_code as unit_code, count(*) as problem_count
    from {{ as_of_period('int_cur_rectifications') }}
    where problem_source_code = '3' and {{ in_month('stat_on') }}
    group by rolled_up_unit_code
),

board as (
    select
        rolled_up_unit_code as unit_code,
        unnest([
            {
                key: 'A1503', part: sum(month_quantity) filter (item_code = 'A1503'),
                whole: sum(month_quantity) filter (item_code = 'A1502'), what: '满意多于已评价'
            },
            {
                key: 'A1502', part: sum(month_quantity) filter (item_code = 'A1502'),
                whole: sum(month_quantity) filter (item_code = 'A1501'), what: '已评价多于督办'
            }
        ]) as compared
    from {{ as_of_period('int_cur_activities') }}
    where period >= strftime(year_start, '%Y-%m')
    group by rolled_up_unit_code
)

select
    {{ failing('activities', 'a.unit_code', 'a.item_code',
               "'填报' || cast(a.month_quantity as bigint) || '个，台账' || coalesce(f.problem_count, 0) || '个'") }}
from {{ as_of_period('int_cur_activities') }} as a
inner join {{ as_of_period('int_units_valid') }} as u
    on a.unit_code = u.unit_code and u.unit_type_code = 'DIS'
inner join {{ as_of_period('int_returns_in_force') }} as r
    on a.unit_code = r.unit_code and a.period = r.period and r.form = 'rectifications'
left join found as f on a.unit_code = f.unit_code
where a.item_code = 'A0405' and a.period = '{{ var("period") }}'
    and a.month_quantity <> coalesce(f.problem_count, 0)
union all
select
    {{ failing('activities', 'unit_code', 'compared.key',
               "compared.what || '：本年 ' || cast(compared.part as bigint) || '＞'"
               " || cast(compared.whole as bigint)") }}
from board
where compared.part > compared.whole
