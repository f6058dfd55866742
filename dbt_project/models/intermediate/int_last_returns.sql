-- Of each unit that reports a form for the period: its last return before, or its predecessors'.
with last_days as (
    select
        unit_code,
        strftime(max(coalesce(valid_to, date '9999-12-31')), '%Y-%m') as valid_to_period
    from {{ ref('units') }}
    group by unit_code
),

returns as (
    select r.form, r.unit_code, r.period, u.rolled_up_unit_code as heir_code
    from {{ as_of_period('int_returns_in_force') }} as r
    inner join {{ ref('int_rolled_units') }} as u
        on r.cut_period = u.cut_period and r.unit_code = u.unit_code
),

reporting as (
    select form, unit_code
    from returns
    where period = '{{ var("period") }}'
),

own_last as (
    select form, unit_code, max(period) as period
    from returns
    where period < '{{ var("period") }}'
    group by form, unit_code
)

select r.form, r.unit_code, max(r.period) as period, r.heir_code
from returns as r
semi join reporting as p on r.form = p.form and r.heir_code = p.unit_code
inner join last_days as d on r.unit_code = d.unit_code
left join own_last as o on r.form = o.form and r.heir_code = o.unit_code
where r.period < '{{ var("period") }}'
    and (r.unit_code = r.heir_code or coalesce(o.period <= d.valid_to_period, true))
group by all
