-- Every rule and how often the month of the release hit it, rules without a hit included. Those
-- that name an S3 column are one row.
with latest as (
    select max(figures.period) as period
    from marts.rpt_indicators as figures
)

select
    case when rules.is_private then '涉人员信息规则' else rules.rule end as rule,
    case when rules.is_private then '（不列内容）' else any_value(rules.meaning) end as meaning,
    coalesce(sum(counted.hit_cnt), 0)::integer as hit_cnt,
    coalesce(sum(counted.open_cnt), 0)::integer as open_cnt,
    coalesce(sum(counted.resolved_cnt), 0)::integer as resolved_cnt,
    count(distinct counted.unit_code) filter (where counted.hit_cnt > 0)::integer as unit_cnt
from about.rules as rules
cross join latest
left join marts.rpt_finding_counts as counted
    on rules.rule = counted.rule and latest.period = counted.period
group by case when rules.is_private then '涉人员信息规则' else rules.rule end, rules.is_private
order by hit_cnt desc, rule asc
