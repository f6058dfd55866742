-- What the parts of the composed figures are called, one row per period, subject and part.
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
