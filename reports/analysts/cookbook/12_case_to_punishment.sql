-- 标题：从立案到处分的天数
-- 用途：每件案件第一次处分距立案的天数，按办理单位计中位数。
with firsts as (
    select
        cases.case_no,
        cases.rolled_up_unit_code as unit_code,
        date_diff('day', cases.stat_on, min(punishments.decided_on)) as day_count
    from marts.fct_cases as cases
    inner join marts.fct_punishments as punishments using (case_no)
    group by cases.case_no, cases.rolled_up_unit_code, cases.stat_on
)

select
    firsts.unit_code,
    count(*) as case_count,
    median(firsts.day_count) as median_day_count
from firsts
group by firsts.unit_code
order by case_count desc, firsts.unit_code asc
