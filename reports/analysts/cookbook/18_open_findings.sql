-- 标题：未解决的发现按规则
-- 用途：哪条规则问题多、涉及几个单位；逐条看 marts.rpt_findings。
select
    findings.rule,
    findings.severity,
    count(*) as finding_count,
    count(distinct findings.unit_code) as unit_count,
    min(findings.first_period) as since
from marts.rpt_findings as findings
group by findings.rule, findings.severity
order by finding_count desc, findings.rule asc
