-- Open error findings counted by rule and unit, for the bulletin of a provisional release.
-- Messages are shown without the matter and its detail: a bulletin names units, never matters
-- or persons.
with open_errors as (
    select
        findings.period,
        findings.rule,
        findings.unit_code,
        regexp_replace(
            replace(findings.message, coalesce(nullif(findings.key, ''), ' '), ''),
            '\s|（.*$', '', 'g'
        ) as message
    from marts.rpt_findings as findings
    where findings.severity = 'error' and not coalesce(findings.is_waived, false)
)

select
    open_errors.period,
    open_errors.rule,
    coalesce(units.short_name, '全区') as short_name,
    trim(min(open_errors.message)) as message,
    count(*) as finding_cnt
from open_errors
left join marts.dim_period as periods on open_errors.period = periods.period
left join marts.dim_unit as units
    on open_errors.unit_code = units.unit_code
    and periods.ends_on >= units.valid_from
    and periods.ends_on <= coalesce(units.valid_to, date '9999-12-31')
group by open_errors.period, open_errors.rule, coalesce(units.short_name, '全区')
order by open_errors.period, open_errors.rule, short_name
