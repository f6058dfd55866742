-- Generated from queries/findings.sql by `jijian render`: do not edit.
select rows.* from (select 1) as always left join (
-- Open findings counted by rule and unit, those that move the figures most first, with the figure
-- of the district that one of them moves most. Of rules that name an S3 column only the count is
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
    units.unit_type_code,
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
        rules.meaning,
        findings.effect_way,
        findings.effect_size,
        findings.effect[1] as moved
    from marts.rpt_findings as findings
    left join about.rules as rules on findings.rule = rules.rule
),

-- Rounded before it is formatted, as every printed figure is.
effects as (
    select
        open_findings.*,
        indicators.name_zh || ' '
        || regexp_replace(
            format(
                '{:.1f}→{:.1f}',
                round(open_findings.moved.value * if(indicators.unit_of_measure = '%', 100, 1), 1),
                round(
                    open_findings.moved.value_mended
                    * if(indicators.unit_of_measure = '%', 100, 1), 1
                )
            ), '\.0(→|$)', '\1', 'g'
        )
        || if(indicators.unit_of_measure = '%', '%', '') as effect_text
    from open_findings
    left join marts.dim_indicator as indicators
        on open_findings.moved.indicator = indicators.indicator
)

select
    effects.period,
    case when effects.is_private then '涉人员信息规则' else effects.rule end as rule,
    case when effects.is_private then '（不列内容）' else effects.meaning end as meaning,
    case
        when effects.is_private then '（不列单位）'
        else coalesce(units_listed.printed_name, '全区')
    end as short_name,
    case effects.severity
        when 'error' then '错误' when 'warning' then '警告' else '提示'
    end as severity,
    case when effects.is_waived then '已豁免' else '—' end as waived_text,
    count(*)::integer as finding_cnt,
    round(sum(effects.effect_size), 2) as effect_size,
    case
        when count(effects.effect_size) = 0 then '不能估算'
        else coalesce(arg_max(effects.effect_text, effects.effect_size), '—')
    end as effect_text
from effects
left join units_listed
    on effects.unit_code = units_listed.unit_code
    and effects.period = units_listed.period
group by all
order by effects.period asc, effect_size desc nulls last, severity asc, rule asc, short_name asc
) as rows on true
