-- Generated from queries/passport_rows.sql by `jijian render`: do not edit.
select rows.* from (select 1) as always left join (
-- How many rows of whose return stand behind each figure of the month of the release, by its id.
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

names as (
    select
        units.unit_code,
        max(units.short_name) as short_name
    from marts.dim_unit as units
    group by units.unit_code
)

select
    figures.number_id,
    figures.indicator,
    figures.period,
    coalesce(forms.title, counted.form) as form_name,
    coalesce(units_listed.printed_name, names.short_name) as source_text,
    coalesce(units_listed.sort, 999)::integer as unit_sort,
    counted.row_count
from marts.rpt_figure_rows as counted
inner join figures
    on counted.indicator = figures.indicator
    and counted.period = figures.period
    and counted.unit_code = figures.unit_code
    and counted.slice = figures.slice
left join about.forms as forms on counted.form = forms.form
left join units_listed
    on counted.source_unit_code = units_listed.unit_code and counted.period = units_listed.period
left join names on counted.source_unit_code = names.unit_code
order by figures.number_id, form_name, unit_sort, source_text
) as rows on true
