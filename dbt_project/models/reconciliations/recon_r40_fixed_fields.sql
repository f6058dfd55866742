-- Fixed fields that the return of the period changes or blanks; a statistics date blocks.
with last_stated as (
    select s.form, s.full_key, s.period, n.heir_code, unnest(s.fixed_fields) as field
    from {{ ref('int_stated') }} as s
    inner join {{ ref('int_last_returns') }} as n
        on s.form = n.form and s.unit_code = n.unit_code and s.period = n.period
),

restated as (
    select form, unit_code, key, full_key, unnest(fixed_fields) as field
    from {{ ref('int_stated') }}
    where period = '{{ var("period") }}'
),

failing as (
    select r.form, r.unit_code, r.key, r.field.label, s.period, r.field.is_stat_date
    from restated as r
    inner join last_stated as s
        on r.form = s.form and r.unit_code = s.heir_code and r.full_key = s.full_key
        and r.field.label = s.field.label
    where s.field.value is not null and r.field.value is distinct from s.field.value
)

select distinct
    {{ failing('form', 'unit_code', 'key', "label || '，上次填报：' || period") }},
    case when is_stat_date then 'error' else 'warning' end as severity
from failing
