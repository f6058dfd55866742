-- Fewer persons transferred to the procuratorate than cases.
with totals as (
    select
        unit_code,
        any_value(value) filter (indicator = 'transfer_person_cnt') as persons,
        any_value(value) filter (indicator = 'transfer_case_cnt') as cases
    from {{ as_of_period('int_measures__transfers') }}
    where slice = ''
    group by unit_code
)

select
    {{ failing('transfers', 'unit_code', "'transfer_person_cnt'",
               "cast(persons as bigint) || ' 人，' || cast(cases as bigint) || ' 件'") }}
from totals
where persons < cases
