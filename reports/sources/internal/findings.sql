-- Generated from queries/findings.sql by `jijian render`: do not edit.
select rows.* from (select 1) as always left join (
-- Open findings counted by rule and unit, those that move the figures most first, with the figure
-- of the district that one of them moves most. Of rules that name an S3 column only the count is
-- shown; keys, messages and the notes of answers are never on the site.
with indicator_titles as (
select
    indicators.indicator,
    row_number() over (order by indicators.no)::integer as place,
    regexp_replace(indicators.name_zh, '^其中|[（(][^）)]*[）)]', '', 'g') as title
from marts.dim_indicator as indicators
order by place
),

slice_labels as (
with parts as (
    select distinct
        figures.indicator,
        figures.slice
    from marts.rpt_indicators as figures
),

words (slice, label) as (
    values
    ('', '合计'),
    ('items', '按件'),
    ('class1', '检举控告'),
    ('ytd', '当年累计'),
    ('quantity', '按工作量'),
    ('late', '逾期后提出'),
    ('missing', '至今未提出'),
    ('carried', '上年到期未提出'),
    ('max', '最大值'),
    ('mean', '平均值'),
    ('median', '中位数'),
    ('le30', '30天以内'),
    ('31_90', '31－90天'),
    ('91_180', '91－180天'),
    ('gt180', '180天以上'),
    ('diff', '相差'),
    ('ratio', '倍数'),
    ('unreported', '未报单位'),
    ('1xx', '批评教育帮助')
),

lists as (
    select
        parts.*,
        regexp_replace(parts.slice, '^rank:|:[a-z]+$', '', 'g') as code,
        regexp_extract(parts.slice, ':([a-z]+)$', 1) as output,
        case
            when parts.indicator = 'four_forms_cnt' then 'four_forms'
            when parts.indicator = 'recovered_amount_wan' then 'recovery_kind'
            when parts.indicator = 'reform_item_cnt' then 'reform_status'
            when parts.indicator = 'staff_lead_ledger_cnt' then 'staff_status'
            when parts.slice like 'rank:%' then 'rank_level'
            when regexp_matches(parts.slice, '^A[0-9]{4}$') then 'activity_item'
            when regexp_matches(parts.slice, '^[A-Z]{3}') then 'campaign'
        end as list
    from parts
)

select
    lists.indicator,
    lists.slice,
    case
        when lists.indicator like 'insp_%' and lists.slice <> '' then '第' || lists.code || '轮'
        else coalesce(words.label, codes.label, titles.title, lists.code)
    end
    || case lists.output
        when 'items' then '：督改问题'
        when 'leads' then '：线索'
        when 'cases' then '：立案'
        when 'claimed' then '自报完成未认定'
        else ''
    end as slice_text
from lists
left join words on lists.slice = words.slice
left join marts.dim_code as codes
    on lists.list = codes.list and lists.code = codes.code and codes.valid_to is null
left join indicator_titles as titles on lists.slice = titles.indicator
order by lists.indicator, lists.slice
),

finding_effects as (
with leading_figures as (
    select
        findings.*,
        findings.effect[1] as moved,
        len(findings.effect) as moved_cnt
    from marts.rpt_findings as findings
),

-- Rounded before it is formatted, as every printed figure is.
worded as (
    select
        found.*,
        indicators.name_zh
        || if(found.moved.slice = '', '', '：' || coalesce(slice_labels.slice_text, ''))
        || ' '
        || regexp_replace(
            format(
                if(found.effect_way = 'month_before', '上月 {1:.1f}', '{0:.1f}→{1:.1f}'),
                round(found.moved.value * if(indicators.unit_of_measure = '%', 100, 1), 1),
                round(found.moved.value_mended * if(indicators.unit_of_measure = '%', 100, 1), 1)
            ),
            '\.0(→|$)', '\1', 'g'
        )
        || if(indicators.unit_of_measure = '%', '%', '') as moved_text
    from leading_figures as found
    left join marts.dim_indicator as indicators on found.moved.indicator = indicators.indicator
    left join slice_labels
        on found.moved.indicator = slice_labels.indicator
        and found.moved.slice = slice_labels.slice
)

select
    worded.period,
    worded.rule,
    worded.severity,
    worded.form,
    worded.unit_code,
    worded.key,
    worded.message,
    worded.first_period,
    worded.is_waived,
    worded.answer,
    worded.effect_size,
    case
        when worded.effect_way = 'none' and worded.moved_cnt > 0
            then '涉及 ' || worded.moved_cnt || ' 个指标，不能估算'
        when worded.effect_way = 'none' then '不能估算'
        when worded.moved_cnt = 0 then '不影响本期数字'
        else coalesce(worded.moved_text, worded.moved.indicator)
            || if(worded.moved_cnt > 1, ' 等 ' || worded.moved_cnt || ' 个数字', '')
    end as effect_text,
    case
        when worded.effect_way <> 'none' and worded.moved_cnt > 0
            then worded.moved.indicator || '@' || worded.moved.unit_code
                || coalesce('/' || nullif(worded.moved.slice, ''), '')
    end as effect_number_id
from worded
order by worded.period, worded.rule, worded.unit_code, worded.key
),

units_listed as (
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

effects as (
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
) as rows on true
