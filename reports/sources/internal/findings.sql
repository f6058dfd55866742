-- Generated from queries/findings.sql by `jijian render`: do not edit.
select rows.* from (select 1) as always left join (
-- Open findings counted by rule and unit. Of rules that name an S3 column only the count is
-- shown; keys and messages are never on the site.
with units_listed as (
select
    periods.period,
    units.unit_code,
    units.short_name,
    case when units.ranking_group = 'dispatched' then '驻' || units.short_name
        else units.short_name
    end as printed_name,
    units.ranking_group,
    units.sort
from marts.dim_period as periods
inner join marts.dim_unit as units
    on periods.ends_on >= units.valid_from
    and periods.ends_on <= coalesce(units.valid_to, date '9999-12-31')
order by periods.period, units.sort
),

open_findings as (
    select
        findings.period,
        findings.unit_code,
        findings.severity,
        coalesce(findings.is_waived, false) as is_waived,
        coalesce(rules.is_private, true) as is_private,
        findings.rule,
        rules.meaning
    from marts.rpt_findings as findings
    left join about.rules as rules on findings.rule = rules.rule
)

select
    open_findings.period,
    case when open_findings.is_private then '涉人员信息规则' else open_findings.rule end as rule,
    case when open_findings.is_private then '（不列内容）' else open_findings.meaning end as meaning,
    case
        when open_findings.is_private then '（不列单位）'
        else coalesce(units_listed.printed_name, '全区')
    end as short_name,
    case open_findings.severity
        when 'error' then '错误' when 'warning' then '警告' else '提示'
    end as severity,
    case when open_findings.is_waived then '已豁免' else '—' end as waived_text,
    count(*)::integer as finding_cnt
from open_findings
left join units_listed
    on open_findings.unit_code = units_listed.unit_code
    and open_findings.period = units_listed.period
group by all
order by open_findings.period, severity, rule, short_name
) as rows on true
