-- What the parts of the composed figures are called, one row per period, subject and part.
with kinds as (
    select distinct
        conduct_levels.period,
        conduct_levels.subject,
        conduct_levels.indicator,
        conduct_levels.type_sort,
        conduct_levels.type_name,
        coalesce(nullif(conduct_levels.type_code, ''), 'all') as type_part
    from conduct_levels
)

select
    compositions.period,
    compositions.subject,
    compositions.indicator,
    compositions.part,
    compositions.part_name,
    compositions.sort
from marts.rpt_compositions as compositions
union all
select
    breakdowns.period,
    case breakdowns.indicator
        when 'four_forms_cnt' then 'form' when 'punished_person_cnt' then 'public' else 'filed'
    end as subject,
    breakdowns.indicator,
    breakdowns.part,
    breakdowns.part_name,
    row_number() over (
        partition by breakdowns.period, breakdowns.indicator order by breakdowns.part
    )::integer as sort
from breakdowns
union all
select
    code_parts.period,
    'case_discipline' as subject,
    code_parts.indicator,
    coalesce(nullif(code_parts.code, ''), 'none') as part,
    code_parts.part_name,
    code_parts.part_sort as sort
from code_parts
where code_parts.indicator = 'case_filed_person_cnt' and code_parts.unit_code = 'QX00'
union all
select
    kinds.period,
    kinds.subject,
    kinds.indicator,
    kinds.type_part || ':' || levels.part as part,
    kinds.type_name || '，' || levels.label as part_name,
    (kinds.type_sort * 10 + levels.place)::integer as sort
from kinds
cross join (
    values
    (1, 'all', '各级合计'),
    (2, '10', '省部级'),
    (3, '20', '地厅级'),
    (4, '3', '县处级'),
    (5, '4', '乡科级及以下')
) as levels (place, part, label)
