-- Month values of twenty and more that exceed three times the mean of the unit's last six months.
with returns as (
    select
        unit_code, period, is_nil,
        row_number() over (partition by unit_code order by period desc) as months_back
    from {{ as_of_period('int_returns_in_force') }}
    where form = 'activities' and period < '{{ var("period") }}'
),

jumps as (
    select
        a.unit_code, a.item_code, a.month_quantity,
        avg(coalesce(b.month_quantity, case when r.is_nil then 0 end)) as mean,
        count(coalesce(b.month_quantity, case when r.is_nil then 0 end)) as month_count
    from {{ as_of_period('int_cur_activities') }} as a
    inner join {{ ref('activity_items') }} as i on a.item_code = i.item_code
    inner join returns as r on a.unit_code = r.unit_code and r.months_back <= 6
    left join {{ as_of_period('int_cur_activities') }} as b
        on r.unit_code = b.unit_code and r.period = b.period and a.item_code = b.item_code
    where a.period = '{{ var("period") }}' and a.month_quantity >= 20 and i.aggregation <> 'last'
        and a.item_code not in ('A0303', 'A0305') and not starts_with(a.item_code, 'A08')
    group by a.unit_code, a.item_code, a.month_quantity
)

select
    {{ failing('activities', 'unit_code', 'item_code',
               "'本月 ' || month_quantity || '，前 ' || month_count || ' 个月平均 ' || round(mean, 1)") }}
from jumps
where month_count >= 3 and month_quantity > 3 * mean
