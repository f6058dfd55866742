-- Visits to persons punished in a unit that has punished nobody this year or last.
with punished as (
    select distinct rolled_up_unit_code
    from {{ as_of_period('int_punishments') }}
    where is_punishment and stat_on >= year_start - interval 1 year
)

select
    {{ failing('activities', 'a.unit_code', 'a.item_code',
               "'本月回访 ' || cast(a.month_quantity as bigint) || ' 人次'") }}
from {{ as_of_period('int_cur_activities') }} as a
anti join punished as p on a.rolled_up_unit_code = p.rolled_up_unit_code
where a.item_code = 'A1203' and a.period = '{{ var("period") }}' and a.month_quantity > 0
