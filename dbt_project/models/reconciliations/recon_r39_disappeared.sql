-- Keys of a unit's last return that have not left and are no longer listed in the period.
with handed_on as (
    select unit_code, lead_no
    from {{ history('leads') }}
    group by all
    having max_by(status_code, period) = '70'
),

failing as (
    select distinct s.form, n.heir_code, s.key, s.period
    from {{ ref('int_stated') }} as s
    inner join {{ ref('int_last_returns') }} as n
        on s.form = n.form and s.unit_code = n.unit_code and s.period = n.period
    anti join {{ ref('int_stated') }} as t
        on s.form = t.form and s.full_key = t.full_key and t.period = '{{ var("period") }}'
    anti join handed_on as h on s.unit_code = h.unit_code and s.lead_no = h.lead_no
    where
        not coalesce(
            s.left_on < date '{{ var("period")[:4] }}-01-01'
            and s.matter_first_period < '{{ var("period")[:4] }}', false
        )
)

select {{ failing('form', 'heir_code', 'key', "'上次填报：' || period") }}
from failing
