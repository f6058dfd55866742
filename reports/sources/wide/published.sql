-- Generated from queries/published.sql by `jijian render`: do not edit.
select rows.* from (select 1) as always left join (
-- The district's figures in the order of the national quarterly bulletins, as printed: one row per
-- period and figure.
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

published_lines as (
select
    periods.period,
    listed.place,
    listed.heading,
    listed.label,
    listed.counter,
    listed.indicator,
    listed.slice
from marts.dim_period as periods
cross join (
    values
    (1, '信访举报', '接收信访举报', '件次', 'petition_cnt', ''),
    (2, '信访举报', '其中检举控告类', '件次', 'petition_cnt', 'class1'),
    (3, '问题线索', '处置问题线索', '件', 'lead_disposed_cnt', ''),
    (4, '立案', '立案', '件', 'case_filed_cnt', ''),
    (5, '立案', '立案人数', '人', 'case_filed_person_cnt', ''),
    (6, '处分', '处分', '人', 'punished_person_cnt', ''),
    (7, '处分', '其中党纪处分', '人', 'party_punished_person_cnt', ''),
    (8, '处分', '其中政务处分', '人', 'gov_punished_person_cnt', ''),
    (9, '处分', '其中党纪政务双重处分', '人', 'dual_punished_person_cnt', ''),
    (10, '四种形态', '运用四种形态批评教育和处理', '人次', 'four_forms_cnt', ''),
    (11, '行贿和移送', '立案查处行贿人员', '人', 'bribe_giver_case_cnt', ''),
    (12, '行贿和移送', '移送检察机关', '案', 'transfer_case_cnt', ''),
    (13, '行贿和移送', '移送检察机关', '人', 'transfer_person_cnt', '')
) as listed (place, heading, label, counter, indicator, slice)
order by periods.period, listed.place
)

select
    printed.period,
    published_lines.place,
    published_lines.heading,
    published_lines.label,
    published_lines.counter,
    printed.text,
    printed.passport as page,
    printed.last_year_text,
    printed.change_text,
    printed.change_rate_text
from printed
inner join published_lines
    on printed.period = published_lines.period
    and printed.indicator = published_lines.indicator
    and printed.slice = published_lines.slice
where printed.unit_code = 'QX00'
order by printed.period, published_lines.place
) as rows on true
