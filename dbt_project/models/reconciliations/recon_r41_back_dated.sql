-- Statistics dates that first appear in the period and lie before it. What a unit states in its
-- first return, or takes over from another unit, keeps its date.
with stated as (
    select form, unit_code, key, period, unnest(stat_dates) as stat
    from {{ ref('int_stated') }}
),

dates as (
    select
        form, unit_code, key, period, stat,
        min(period) over (partition by form, stat.label, stat.key) as first_period,
        min(period) over own as own_first_period,
        min(period) filter (stat.day is not null) over own as filled_since
    from stated
    window own as (partition by form, unit_code, stat.label, stat.key)
),

openings as (
    select form, unit_code, min(period) as period
    from {{ as_of_period('int_returns_in_force') }}
    group by form, unit_code
),

failing as (
    select d.form, d.unit_code, d.key, d.stat.label, d.stat.day
    from dates as d
    inner join openings as o on d.form = o.form and d.unit_code = o.unit_code
    inner join {{ ref('calendar') }} as c on d.period = c.period
    where d.period = '{{ var("period") }}' and o.period < d.period
        and d.stat.day < c.starts_on and d.filled_since = d.period
        and (d.own_first_period < d.period or d.first_period = d.period)
)

select distinct {{ failing('form', 'unit_code', 'key', "label || ' ' || day") }}
from failing
