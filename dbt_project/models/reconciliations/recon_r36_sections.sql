-- Figures that one report prints in two sections, or adds up in one from what it lists in another,
-- and that are not the same there.
with figures as (
    select indicator, unit_code, value, numerator
    from {{ ref('rpt_indicators') }}
    where period = '{{ var("period") }}' and slice = ''
),

said as (
    select 'cases' as form, 'disp_case_filed_cnt' as key, '一·六' as section, value
    from figures
    where indicator = 'disp_case_filed_cnt' and unit_code = 'QX00'
    union all
    select 'cases', 'disp_case_filed_cnt', '二·数据三', sum(f.value)
    from figures as f
    inner join {{ as_of_period('int_units_valid') }} as u
        on f.unit_code = u.unit_code and u.unit_type_code = 'DIS'
    where f.indicator = 'unit_case_filed_cnt'
    union all
    select 'conduct_problems', 'formalism_problem_cnt', '一·四', value
    from figures
    where indicator = 'formalism_problem_cnt' and unit_code = 'QX00'
    union all
    select 'conduct_problems', 'formalism_problem_cnt', '三·二', numerator
    from figures
    where indicator = 'formalism_share_four_winds' and unit_code = 'QX00'
),

failing as (
    select
        form, key,
        string_agg(section || ' ' || format('{:.10g}', value), '，' order by section) as told
    from said
    group by form, key
    having min(value) <> max(value)
)

select {{ failing('form', "'QX00'", 'key', 'told') }}
from failing
