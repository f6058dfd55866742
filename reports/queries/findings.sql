-- Open findings counted by rule and unit, those that move the figures most first, with the figure
-- of the district that one of them moves most. Of rules that name an S3 column only the count is
-- shown; keys, messages and the notes of answers are never on the site.
with effects as (
    select
        findings.period,
        findings.unit_code,
        findings.severity,
        coalesce(findings.is_waived, false) as is_waived,
        findings.answer,
        coalesce(rules.is_private, true) as is_private,
        findings.rule,
        rules.meaning,
        findings.effect_size,
        findings.effect_text
    from finding_effects as findings
    left join about.rules as rules on findings.rule = rules.rule
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
    coalesce(string_agg(distinct effects.answer, '、' order by effects.answer), '—') as answer_text,
    count(*)::integer as finding_cnt,
    round(sum(effects.effect_size), 2) as effect_size,
    coalesce(arg_max(effects.effect_text, effects.effect_size), '不能估算') as effect_text
from effects
left join units_listed
    on effects.unit_code = units_listed.unit_code
    and effects.period = units_listed.period
group by all
order by effects.period asc, effect_size desc nulls last, severity asc, rule asc, short_name asc
