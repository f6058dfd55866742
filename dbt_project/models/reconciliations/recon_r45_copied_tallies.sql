-- Tallies of five items and more that repeat the month before, or another unit's, to the number.
with tallies as (
    select
        a.unit_code, a.period,
        list((a.item_code, a.month_quantity) order by a.item_code) as quantities,
        count(*) as item_count
    from {{ as_of_period('int_cur_activities') }} as a
    inner join {{ ref('activity_items') }} as i
        on a.item_code = i.item_code and i.aggregation = 'sum'
    where a.month_quantity <> 0
    group by a.unit_code, a.period
)

select
    {{ failing('activities', 'n.unit_code', "''",
               "n.item_count || '个非零项目与'"
               " || case when t.unit_code = n.unit_code then t.period else t.unit_code || '本期' end"
               " || '完全相同'") }}
from tallies as n
inner join tallies as t
    on n.quantities = t.quantities
    and (
        (n.unit_code = t.unit_code and t.period = '{{ previous_period() }}')
        or (n.unit_code <> t.unit_code and n.period = t.period)
    )
where n.period = '{{ var("period") }}' and n.item_count >= 5
