-- Persons in matters without a form or counted more than once, and sums of the four forms that
-- are not all persons in matters.
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
union all
select
    {{ failing('punishments', 'min(rolled_up_unit_code)', 'matter_no',
               "case when count(*) > 1 then '同一人在同一事项中计了 ' || count(*) || ' 次'"
               " else '有人没有对应形态' end") }}
from {{ as_of_period('int_person_matters') }}
group by matter_no, person_key
having count(*) > 1 or coalesce(min(form_code), '') not in ('1', '2', '3', '4')
