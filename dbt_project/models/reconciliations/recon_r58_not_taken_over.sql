-- Keys a closed unit left open that its successor's returns do not list.
with closed as (
    select *
    from {{ ref('int_stated') }}
    where unit_code <> rolled_up_unit_code
    qualify row_number() over (partition by form, unit_code, full_key order by period desc) = 1
),

last_periods as (
    select form, unit_code, max(period) as period
    from {{ as_of_period('int_returns_in_force') }}
    group by form, unit_code
),

heirs as (
    select r.form, r.unit_code, min(r.period) as first_period
    from {{ as_of_period('int_returns_in_force') }} as r
    group by r.form, r.unit_code
),

failing as (
    select distinct c.form, c.rolled_up_unit_code as unit_code, c.key, c.unit_code as closed_code
    from closed as c
    semi join last_periods as n
        on c.form = n.form and c.unit_code = n.unit_code and c.period = n.period
    semi join heirs as h
        on c.form = h.form and c.rolled_up_unit_code = h.unit_code and c.period < h.first_period
    anti join {{ ref('int_stated') }} as t
        on c.form = t.form and c.full_key = t.full_key and c.rolled_up_unit_code = t.unit_code
    where c.left_on is null
)

select {{ failing('form', 'unit_code', 'key', "'原单位 ' || closed_code") }}
from failing
