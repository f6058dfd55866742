-- Open findings one by one, for the case-management office and for the unit itself: with the
-- matter and the message, as the receipt has them, those that move the figures most first. Never a
-- source of the site.
select
    findings.period,
    findings.rule,
    findings.severity,
    case findings.severity
        when 'error' then '错误' when 'warning' then '警告' else '提示'
    end as severity_text,
    coalesce(findings.form, '') as form,
    coalesce(findings.unit_code, '') as unit_code,
    coalesce(units_listed.printed_name, '全区') as unit_name,
    coalesce(units_listed.sort, 9999)::integer as unit_sort,
    coalesce(findings.key, '') as key,
    findings.message,
    findings.first_period,
    coalesce(findings.is_waived, false) as is_waived,
    if(findings.is_waived, '已豁免', '') as waived_text,
    coalesce(findings.answer, '') as answer_text,
    findings.effect_text,
    findings.effect_number_id
from finding_effects as findings
left join units_listed
    on findings.unit_code = units_listed.unit_code and findings.period = units_listed.period
order by
    findings.period asc, findings.effect_size desc nulls last, findings.severity asc, unit_sort asc,
    findings.rule asc, key asc, findings.message asc
