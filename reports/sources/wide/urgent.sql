-- Generated from queries/urgent.sql by `jijian render`: do not edit.
select rows.* from (select 1) as always left join (
-- What needs attention: of the problems that the commission watches, in the order in which it
-- ranks them, the first five of a period that are not zero, with the units concerned.
with figures as (
select
    figures.period,
    figures.indicator,
    figures.unit_code,
    figures.slice,
    figures.indicator || '@' || figures.unit_code || coalesce('/' || nullif(figures.slice, ''), '')
        as number_id,
    figures.value,
    figures.text_value,
    figures.numerator,
    figures.denominator,
    figures.value_last_year,
    figures.change,
    figures.change_rate,
    figures.status,
    figures.unit_missing_count,
    indicators.name_zh,
    coalesce(indicators.forms, '') as forms,
    case indicators.unit_of_measure
        when '随指标' then coalesce(targeted.unit_of_measure, '') else indicators.unit_of_measure
    end as unit_of_measure,
    coalesce(
        indicators.unit_of_measure <> '%'
        or coalesce(targeted.unit_of_measure, '') = '%'
        or figures.denominator >= limits.value,
        true
    ) as is_printable
from marts.rpt_indicators as figures
left join marts.dim_indicator as indicators on figures.indicator = indicators.indicator
left join marts.dim_indicator as targeted on figures.slice = targeted.indicator
left join marts.dim_period as periods on figures.period = periods.period
left join marts.dim_parameter as limits
    on limits.name = 'rate_min_n'
    and periods.ends_on >= limits.valid_from
    and periods.ends_on <= coalesce(limits.valid_to, date '9999-12-31')
order by figures.period, indicators.no, figures.unit_code, figures.slice
),

printed as (
with patterns as (
    select
        figures.*,
        periods.starts_on as month_on,
        case figures.unit_of_measure when '%' then 100 else 1 end as scale,
        case figures.unit_of_measure when '%' then '%' else '' end as sign,
        case figures.unit_of_measure when '%' then '个百分点' else '' end as point,
        case figures.unit_of_measure when '万元' then 2 else 1 end as places,
        figures.status = 'value' and figures.is_printable as is_shown
    from figures
    inner join marts.dim_period as periods on figures.period = periods.period
),

numbers as (
    select
        *,
        format('{:.' || places || 'f}', round(value * scale, places)) || sign as value_number,
        format('{:.' || places || 'f}', round(value_last_year * scale, places)) || sign
            as last_year_number,
        format('{:+.' || places || 'f}', round(change * scale, places)) || point as change_number,
        format('{:+.1f}', round(change_rate * 100, 1)) || '%' as change_rate_number
    from patterns
),

texts as (
    select
        *,
        case
            when status = 'missing' then '未报'
            when status = 'suppressed' then '不公开'
            when status = 'na' then '不适用'
            when not is_shown then '—'
            else coalesce(text_value, regexp_replace(value_number, '\.0(\D*)$', '\1'), '—')
        end as text,
        coalesce(regexp_replace(last_year_number, '\.0(\D*)$', '\1'), '—') as last_year_text,
        case
            when change is null or not is_shown then '—'
            when change = 0 then '持平'
            else regexp_replace(change_number, '\.0(\D*)$', '\1')
        end as change_text,
        case
            when change_rate is null or change = 0 or not is_shown then '—'
            else regexp_replace(change_rate_number, '\.0(\D*)$', '\1')
        end as change_rate_text
    from numbers
)

select
    period,
    month_on,
    indicator,
    unit_code,
    slice,
    number_id,
    '/indicators/' || indicator || '?period=' || period || '&number=' || number_id as passport,
    regexp_replace(name_zh, '^其中|[（(][^）)]*[）)]', '', 'g')
    || case unit_of_measure when '%' then '' else '（' || unit_of_measure || '）' end as title,
    status,
    case when is_shown then value end as value,
    text_value,
    text,
    last_year_text,
    change_text,
    change_rate_text,
    case
        when unit_code = 'QX00' or unit_missing_count = 0 or not is_shown then text
        when value = 0 then '未报'
        else text || '*'
    end as marked,
    case
        when regexp_matches(marked, '^[0-9]')
            then repeat(' ', 8 - length(regexp_extract(marked, '^[0-9]+'))) || marked
        else marked
    end as cell,
    unit_missing_count,
    numerator,
    denominator
from texts
),

watched (urgency, indicator, units_indicator, heading, advice, page) as (
    values
    (
        1, 'disposal_overdue_cnt', 'disposal_overdue_unit_cnt', '线索未在一个月内提出处置方式', '逐件催办，尚未提出的先提',
        '/leads'
    ),
    (2, 'lead_overdue_open_cnt', 'lead_overdue_unit_cnt', '线索超期未办结', '逐件列明期限和责任人', '/leads'),
    (3, 'verify_long_pending_cnt', '', '初步核实久核不结', '核实超过90天的逐件说明', '/leads'),
    (
        4, 'disposal_mismatch_cnt', 'disposal_mismatch_unit_cnt', '报备的处置方式与实际不一致', '与案管室逐件核对更正',
        '/leads'
    ),
    (5, 'disposal_unfiled_cnt', '', '已处置而未向案管室报备', '补报备', '/leads'),
    (6, 'zero_self_case_unit_cnt', '', '自办案件零立案的单位', '约谈提醒', '/cases'),
    (7, 'insp_overdue_cnt', '', '巡察反馈问题超期未整改', '督促整改', '/rectification'),
    (8, 'key_task_lag_cnt', '', '重点任务落后于序时进度', '列入督办', '/team'),
    (9, 'system_ledger_conflict_cnt', '', '案管登记与单位台账矛盾', '逐条核对', '/quality'),
    (10, 'overdue_task_cnt', '', '任务超过时限未完成', '列入督办', '/team')
),

present as (
    select
        printed.period,
        watched.*,
        printed.title,
        printed.passport,
        printed.text,
        printed.last_year_text,
        row_number() over (partition by printed.period order by watched.urgency) as place
    from printed
    inner join watched on printed.indicator = watched.indicator
    where printed.unit_code = 'QX00' and printed.slice = '' and printed.value > 0
)

select
    present.period,
    present.place::integer as place,
    present.heading,
    present.advice,
    present.indicator,
    present.title,
    present.text,
    coalesce(units.text || '个', '—') as units_text,
    present.page,
    present.passport
from present
left join printed as units
    on present.units_indicator = units.indicator
    and present.period = units.period
    and units.unit_code = 'QX00'
    and units.slice = ''
where present.place <= 5
order by present.period, present.place
) as rows on true
