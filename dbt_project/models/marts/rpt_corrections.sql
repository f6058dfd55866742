-- Returns accepted again, each with the reason that its cover gives. A reason is free text: one
-- with a number as long as an identity number, and those of the staff office, are kept back.
select
    period,
    unit_code,
    form,
    cast(version as integer) as version,
    received_at,
    case
        when starts_with(unit_code, 'GBJ') or regexp_matches(reason, '\d{15}') then null
        else nullif(trim(reason), '')
    end as reason
from {{ ref('stg_register__returns') }}
where outcome = 'accepted'
    and version > 1
    and received_at <= cast('{{ var("as_of") }}' as timestamp)
order by period, unit_code, form, version
