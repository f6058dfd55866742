-- Generated from queries/targets.sql by `jijian render`: do not edit.
select rows.* from (select 1) as always left join (
-- Targets of the year beside what was reached and the time that has gone: one row per period,
-- target and unit. A target not to be exceeded is behind as soon as it is exceeded.
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

aims as (
with directions as (
    select distinct
        left(period, 4) as year,
        indicator_id,
        target_unit_code,
        direction_code
    from marts.fct_targets
),

stated as (
    select
        printed.period,
        printed.unit_code,
        printed.slice as indicator,
        max(printed.text) filter (printed.indicator = 'annual_target_value') as target_text,
        max(printed.cell) filter (printed.indicator = 'annual_target_value') as target_cell,
        max(printed.text) filter (printed.indicator = 'annual_progress_rate') as progress_text,
        max(printed.cell) filter (printed.indicator = 'annual_progress_rate') as progress_cell,
        max(printed.value) filter (printed.indicator = 'annual_progress_rate') as progress,
        max(printed.cell) filter (printed.indicator = 'annual_target_gap') as gap_cell,
        max(printed.value) filter (printed.indicator = 'behind_schedule_flag') as flag
    from printed
    where printed.indicator in (
            'annual_target_value',
            'annual_progress_rate',
            'annual_target_gap',
            'behind_schedule_flag'
        )
    group by all
),

directed as (
    select
        stated.*,
        coalesce(max(directions.direction_code), '1') = '2' as is_ceiling,
        coalesce(max(indicators.unit_of_measure), '') = '%' as is_rate
    from stated
    left join marts.dim_indicator as indicators on stated.indicator = indicators.indicator
    left join directions
        on left(stated.period, 4) = directions.year
        and stated.indicator = directions.indicator_id
        and stated.unit_code = directions.target_unit_code
    group by all
)

select
    period,
    unit_code,
    indicator,
    is_ceiling,
    case when is_ceiling then '不高于' else '不低于' end as direction_text,
    target_text,
    target_cell,
    case when is_ceiling then '—' else progress_text end as progress_text,
    case when is_ceiling then '—' else progress_cell end as progress_cell,
    case when not is_ceiling then progress end as progress,
    case when is_rate then replace(gap_cell, '%', '个百分点') else gap_cell end as gap_cell,
    case
        when flag is null then '—'
        when is_ceiling then case flag when 1 then '已超过' else '未超过' end
        when is_rate and flag = 0 then case when progress < 1 then '未达目标' else '达到目标' end
        else case flag when 1 then '落后序时' else '达到序时' end
    end as standing_text
from directed
order by period, unit_code, indicator
),

indicator_titles as (
select
    indicators.indicator,
    row_number() over (order by indicators.no)::integer as place,
    regexp_replace(indicators.name_zh, '^其中|[（(][^）)]*[）)]', '', 'g') as title
from marts.dim_indicator as indicators
order by place
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
    aims.period,
    aims.unit_code,
    coalesce(units_listed.printed_name, '全区') as short_name,
    coalesce(units_listed.sort, 0)::integer as unit_sort,
    coalesce(reached.title, indicator_titles.title) as title,
    aims.indicator,
    aims.direction_text,
    aims.target_cell,
    coalesce(reached.cell, '—') as reached_cell,
    aims.progress_cell,
    aims.progress,
    coalesce(schedule.text, '—') as schedule_text,
    aims.gap_cell,
    aims.standing_text,
    aims.standing_text in ('已超过', '落后序时') as is_behind,
    coalesce(reached.passport, '/indicators/' || aims.indicator) as page
from aims
inner join indicator_titles on aims.indicator = indicator_titles.indicator
left join printed as reached
    on aims.indicator = reached.indicator
    and aims.period = reached.period
    and aims.unit_code = reached.unit_code
    and reached.slice = ''
left join printed as schedule
    on schedule.indicator = 'schedule_progress_share' and aims.period = schedule.period
left join units_listed
    on aims.unit_code = units_listed.unit_code and aims.period = units_listed.period
order by aims.period, unit_sort, aims.indicator
) as rows on true
