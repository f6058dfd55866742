-- Generated from queries/unit_leads.sql by `jijian render`: do not edit.
select rows.* from (select 1) as always left join (
-- Leads of each unit as printed, one row per period and unit that owes the ledger.
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
    printed.period,
    printed.unit_code,
    units_listed.printed_name as short_name,
    units_listed.sort::integer as unit_sort,
    '/units/' || printed.unit_code as page,
    max(printed.cell) filter (printed.indicator = 'lead_accepted_cnt') as lead_accepted_cnt,
    max(printed.cell) filter (printed.indicator = 'lead_disposed_cnt') as lead_disposed_cnt,
    max(printed.cell) filter (printed.indicator = 'lead_open_cnt') as lead_open_cnt,
    max(printed.cell) filter (printed.indicator = 'lead_overdue_open_cnt') as lead_overdue_open_cnt,
    max(printed.cell) filter (printed.indicator = 'disposal_overdue_cnt') as disposal_overdue_cnt,
    max(printed.cell) filter (printed.indicator = 'disposal_ontime_rate') as disposal_ontime_rate,
    max(printed.cell) filter (printed.indicator = 'verification_share') as verification_share,
    max(printed.cell) filter (printed.indicator = 'disposal_unfiled_cnt') as disposal_unfiled_cnt,
    max(printed.cell) filter (printed.indicator = 'disposal_mismatch_cnt') as disposal_mismatch_cnt,
    max(printed.cell) filter (
        printed.indicator = 'verify_long_pending_cnt'
    ) as verify_long_pending_cnt,
    case when max(printed.unit_missing_count) > 0 then '未报' else '已报' end as reported_text
from printed
inner join units_listed
    on printed.unit_code = units_listed.unit_code and printed.period = units_listed.period
where printed.unit_code <> 'QX00' and printed.slice = ''
    and printed.indicator in (
        'lead_accepted_cnt',
        'lead_disposed_cnt',
        'lead_open_cnt',
        'lead_overdue_open_cnt',
        'disposal_overdue_cnt',
        'disposal_ontime_rate',
        'verification_share',
        'disposal_unfiled_cnt',
        'disposal_mismatch_cnt',
        'verify_long_pending_cnt'
    )
group by all
order by printed.period, unit_sort
) as rows on true
