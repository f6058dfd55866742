-- Campaigns with more persons punished than persons handled.
with totals as (
    select
        unit_code,
        any_value(value) filter (indicator = 'rural_punished_cnt') as punished,
        any_value(value) filter (indicator = 'rural_handled_person_cnt') as handled
    from {{ as_of_period('int_measures__campaigns') }}
    group by unit_code
)

select
    {{ failing('punishments', 'unit_code', "'rural_punished_cnt'",
               "'处分 ' || cast(punished as bigint) || ' 人，处理 ' || cast(handled as bigint) || ' 人'") }}
from totals
where punished > handled
