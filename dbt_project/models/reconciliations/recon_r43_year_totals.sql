-- Year-to-date values that are not the sum of the months accepted, predecessors included.
with stated as (
    select rolled_up_unit_code, item_code, round(sum(month_quantity), 2) as total
    from {{ as_of_period('int_cur_activities') }}
    where period >= strftime(year_start, '%Y-%m')
    group by rolled_up_unit_code, item_code
),

missing as (
    select w.rolled_up_unit_code, string_agg(distinct m.period, ' ' order by m.period) as periods
    from {{ ref('calendar') }} as m
    inner join {{ ref('units') }} as u
        on m.ends_on between u.valid_from and coalesce(u.valid_to, date '9999-12-31')
    inner join {{ ref('int_rolled_units') }} as w
        on w.cut_period = '{{ var("period") }}' and u.unit_code = w.unit_code
    anti join {{ as_of_period('int_returns_in_force') }} as r
        on r.form = 'activities' and u.unit_code = r.unit_code and m.period = r.period
    where m.period between '{{ var("period")[:4] }}-01' and '{{ var("period") }}'
    group by w.rolled_up_unit_code
)

select
    {{ failing('activities', 'a.unit_code', 'a.item_code',
               "'填报累计 ' || a.ytd_quantity || '，各月合计 ' || s.total"
               " || coalesce('，未报月份 ' || m.periods, '')") }}
from {{ as_of_period('int_cur_activities') }} as a
inner join {{ ref('activity_items') }} as i on a.item_code = i.item_code
inner join stated as s
    on a.rolled_up_unit_code = s.rolled_up_unit_code and a.item_code = s.item_code
left join missing as m on a.rolled_up_unit_code = m.rolled_up_unit_code
where a.period = '{{ var("period") }}' and i.aggregation <> 'last'
    and round(a.ytd_quantity, 2) <> s.total
