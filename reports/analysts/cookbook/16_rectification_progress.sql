-- 标题：整改问题按来源和状态
-- 用途：各来源的问题数、审核认定完成数和超期未完成数。
with cut as (
    select max(periods.ends_on) as ends_on
    from marts.dim_period as periods
    inner join marts.rpt_indicators using (period)
)

select
    codes.label as source_name,
    count(*) as problem_count,
    count(issues.verified_on) as verified_count,
    count(*) filter (where issues.verified_on is null and issues.due_on < cut.ends_on) as late_count
from marts.fct_rectifications as issues
cross join cut
inner join marts.dim_code as codes
    on issues.problem_source_code = codes.code and codes.list = 'problem_source'
group by codes.label, codes.sort
order by codes.sort
