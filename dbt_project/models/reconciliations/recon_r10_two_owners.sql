-- One key that two units state for the period; a lead handed on stays with the unit that took it,
-- and the steps of a lead stay with the lead.
with stated as (
    select
        form, key,
        coalesce(
            min(unit_code) filter (starts_with(unit_code, 'GBJ')), min(unit_code)
        ) as unit_code,
        string_agg(distinct unit_code, ' ' order by unit_code) as unit_codes
    from {{ ref('int_stated') }}
    where period = '{{ var("period") }}' and form <> 'disposals' and not is_handed_on
    group by form, key
    having count(distinct unit_code) > 1
)

select {{ failing('form', 'unit_code', 'key', 'unit_codes') }}
from stated
