-- Generated from queries/unit_findings.sql by `jijian render`: do not edit.
select rows.* from (select 1) as always left join (
-- Open findings of each unit by rule, without those on persons: of these only the number of the
-- district is shown.
select
    findings.period,
    findings.unit_code,
    findings.rule,
    rules.meaning,
    case findings.severity
        when 'error' then '错误' when 'warning' then '警告' else '提示'
    end as severity,
    case when coalesce(findings.is_waived, false) then '已豁免' else '—' end as waived_text,
    coalesce(string_agg(distinct findings.answer, '、' order by findings.answer), '—')
        as answer_text,
    count(*)::integer as finding_cnt
from marts.rpt_findings as findings
inner join about.rules as rules on findings.rule = rules.rule
where not rules.is_private and findings.unit_code is not null
group by all
order by findings.period, findings.unit_code, severity, findings.rule
) as rows on true
