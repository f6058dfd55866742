-- Persons punished that are fewer than one kind alone, or more than both kinds together.
with totals as (
    select
        unit_code,
        any_value(value) filter (indicator = 'punished_person_cnt') as persons,
        any_value(value) filter (indicator = 'party_punished_person_cnt') as party,
        any_value(value) filter (indicator = 'gov_punished_person_cnt') as government
    from {{ as_of_period('int_measures__punishments') }}
    where slice = ''
    group by unit_code
)

select
    {{ failing('punishments', 'unit_code', "'punished_person_cnt'",
               "'受处分 ' || cast(persons as bigint) || ' 人，党纪 ' || cast(party as bigint)"
               " || ' 人，政务 ' || cast(government as bigint) || ' 人'") }}
from totals
where not coalesce(persons between greatest(party, government) and party + government, false)
