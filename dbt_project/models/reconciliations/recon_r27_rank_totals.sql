-- Persons punished whose sum over ranks is not their number.
with totals as (
    select
        unit_code, any_value(value) filter (slice = '') as persons,
        coalesce(sum(value) filter (starts_with(slice, 'rank:')), 0) as by_rank
    from {{ as_of_period('int_measures__punishments') }}
    where indicator = 'punished_person_cnt'
    group by unit_code
)

select
    {{ failing('punishments', 'unit_code', "'punished_person_cnt'",
               "'受处分 ' || cast(persons as bigint) || ' 人，各职级合计 ' || cast(by_rank as bigint) || ' 人'") }}
from totals
where persons is distinct from by_rank
