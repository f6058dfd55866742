-- Generated from queries/findings.sql by `jijian render`: do not edit.
-- Open findings counted by rule and unit. Of rules that name an S3 column (listed here, held
-- to the contracts by a test) only the count is shown; keys and messages are never on the site.
with open_findings as (
    select
        f.period,
        f.form,
        f.rule,
        f.unit_code,
        f.severity,
        coalesce(f.is_waived, false) as is_waived,
        f.rule in (
            'LD03', 'LD04', 'LD10', 'LD11', 'LD12', 'LD16', 'LD17', 'LD18',
            'LD19', 'DP05', 'DP06', 'DP07', 'DP12', 'CS01', 'CS02', 'CS03',
            'CS03b', 'CS05', 'CS06', 'CS07', 'CS08', 'CS09', 'CS15', 'CS16',
            'CS17', 'CS18', 'CS19', 'CS23', 'CS24', 'CS25', 'CS28', 'PN04',
            'PN05', 'PN06', 'PN07', 'PN08', 'PN09', 'PN11', 'PN12', 'PN13',
            'PN19', 'PN21', 'PN22'
        ) as is_private,
    from marts.rpt_findings as f
)

select
    o.period,
    case when o.is_private then '涉人员信息规则' else o.rule end as rule,
    case when o.is_private then '' else coalesce(o.form, '') end as form,
    case when o.is_private then '' else coalesce(o.unit_code, '') end as unit_code,
    case when o.is_private then '（不列单位）' else coalesce(u.short_name, '全区') end as short_name,
    case o.severity when 'error' then '错误' when 'warning' then '警告' else '提示' end as severity,
    case when o.is_waived then '已豁免' else '' end as waived_text,
    count(*)::integer as finding_cnt,
from open_findings as o
left join marts.dim_period as p on p.period = o.period
left join marts.dim_unit as u
    on u.unit_code = o.unit_code
    and p.ends_on >= u.valid_from
    and p.ends_on <= coalesce(u.valid_to, date '9999-12-31')
group by all
order by o.period, severity, rule, unit_code
