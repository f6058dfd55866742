-- Open findings of the release by severity, waived ones apart.
select
    case findings.severity
        when 'error' then '错误' when 'warning' then '警告' else '提示'
    end as severity,
    case when coalesce(findings.is_waived, false) then '已豁免' else '—' end as waived_text,
    count(*)::integer as finding_cnt
from marts.rpt_findings as findings
group by all
order by severity, waived_text
