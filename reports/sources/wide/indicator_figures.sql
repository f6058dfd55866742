-- Generated from queries/indicator_figures.sql by `jijian render`: do not edit.
select rows.* from (select 1) as always left join (
-- Every figure as printed, one row per indicator, period, unit and part.
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

indicator_titles as (
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
)

select
    printed.indicator,
    printed.period,
    printed.unit_code,
    coalesce(
        units_listed.printed_name,
        case printed.unit_code
            when 'QX00' then '全区'
            when 'office' then '纪检监察室'
            when 'dispatched' then '派驻机构'
            when 'town' then '镇（街道）'
            else printed.unit_code
        end
    ) as unit_text,
    case printed.unit_code
        when 'QX00' then -4
        when 'office' then -3
        when 'dispatched' then -2
        when 'town' then -1
        else coalesce(units_listed.sort, 999)
    end::integer as unit_sort,
    units_listed.ranking_group,
    printed.slice,
    printed.number_id,
    printed.passport,
    slice_labels.slice_text,
    -- The search of a table fails on an empty cell.
    case printed.cell when '' then '无' else printed.cell end as text,
    printed.last_year_text,
    printed.change_text,
    printed.change_rate_text,
    coalesce(regexp_replace(format('{:.2f}', printed.numerator), '\.?0+$', ''), '—')
        as numerator_text,
    coalesce(regexp_replace(format('{:.2f}', printed.denominator), '\.?0+$', ''), '—')
        as denominator_text,
    printed.unit_missing_count
from printed
inner join slice_labels
    on printed.indicator = slice_labels.indicator and printed.slice = slice_labels.slice
left join units_listed
    on printed.unit_code = units_listed.unit_code and printed.period = units_listed.period
order by printed.indicator, printed.period, unit_sort, printed.slice
) as rows on true
