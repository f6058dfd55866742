-- Generated from queries/rule_hits.sql by `jijian render`: do not edit.
select rows.* from (select 1) as always left join (
-- Every rule and how often the month of the release hit it, rules without a hit included. Those
-- that name an S3 column, or are not listed, are one row.
with latest as (
    select max(figures.period) as period
    from marts.rpt_indicators as figures
),

counts as (
    select counted.*
    from marts.rpt_finding_counts as counted
    semi join latest on counted.period = latest.period
),

hits as (
    select
        rules.meaning,
        counts.unit_code,
        coalesce(rules.is_private, true) as is_private,
        coalesce(rules.rule, counts.rule) as rule,
        coalesce(counts.hit_cnt, 0) as hit_cnt,
        coalesce(counts.open_cnt, 0) as open_cnt,
        coalesce(counts.resolved_cnt, 0) as resolved_cnt
    from about.rules as rules
    full join counts on rules.rule = counts.rule
)

select
    case when hits.is_private then '涉人员信息规则' else hits.rule end as rule,
    case when hits.is_private then '（不列内容）' else hits.meaning end as meaning,
    sum(hits.hit_cnt)::integer as hit_cnt,
    sum(hits.open_cnt)::integer as open_cnt,
    sum(hits.resolved_cnt)::integer as resolved_cnt,
    count(distinct hits.unit_code) filter (where hits.hit_cnt > 0)::integer as unit_cnt
from hits
group by all
order by hit_cnt desc, rule asc
) as rows on true
