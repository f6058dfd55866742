-- Persons in matters that are not the sum of the four forms.
with totals as (
    select
        unit_code,
        coalesce(any_value(value) filter (slice = ''), 0) as persons,
        coalesce(sum(value) filter (slice <> ''), 0) as by_form
    from {{ as_of_period('int_measures__four_forms') }}
    where indicator = 'four_forms_cnt'
    group by unit_code
)

select
    {{ failing('punishments', 'unit_code', "'four_forms_cnt'",
               "cast(persons as bigint) || ' 人次，各形态合计 ' || cast(by_form as bigint)") }}
from totals
where persons <> by_form
