-- Generated from queries/finding_counts.sql by `jijian render`: do not edit.
select rows.* from (select 1) as always left join (
-- Findings by rule, unit and month: how often the rule was hit, what is open, and what has gone
-- since the month before. Of rules that name an S3 column only the count is shown.
with units_listed as (
select
    periods.period,
    units.unit_code,
    units.short_name,
    case when units.ranking_group = 'dispatched' then '驻' || units.short_name
        else units.short_name
    end as printed_name,
    units.ranking_group,
    units.unit_type_code,
    units.sort
from marts.dim_period as periods
inner join marts.dim_unit as units
    on periods.ends_on >= units.valid_from
    and periods.ends_on <= coalesce(units.valid_to, date '9999-12-31')
order by periods.period, units.sort
),

counts as (
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
) as rows on true
