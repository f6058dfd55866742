-- Findings by rule, unit and month: how often the rule was hit, what is open, and what has gone
-- since the month before. Of rules that name an S3 column only the count is shown.
with counts as (
    select
        counted.period,
        counted.unit_code,
        counted.hit_cnt,
        counted.open_cnt,
        counted.resolved_cnt,
        counted.rule,
        rules.meaning,
        coalesce(rules.is_private, true) as is_private
    from marts.rpt_finding_counts as counted
    left join about.rules as rules on counted.rule = rules.rule
)

select
    counts.period,
    case when counts.is_private then '涉人员信息规则' else counts.rule end as rule,
    case when counts.is_private then '（不列内容）' else counts.meaning end as meaning,
    case
        when counts.is_private then '（不列单位）'
        else coalesce(units_listed.printed_name, '全区')
    end as short_name,
    sum(counts.hit_cnt)::integer as hit_cnt,
    sum(counts.open_cnt)::integer as open_cnt,
    sum(counts.resolved_cnt)::integer as resolved_cnt
from counts
left join units_listed
    on counts.unit_code = units_listed.unit_code
    and counts.period = units_listed.period
group by all
order by counts.period desc, rule asc, short_name asc
