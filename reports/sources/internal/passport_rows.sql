-- Generated from queries/passport_rows.sql by `jijian render`: do not edit.
select rows.* from (select 1) as always left join (
-- How many rows of whose return stand behind each figure of the month of the release, and each part
-- of one, by its id.
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

names as (
    select
        units.unit_code,
        max(units.short_name) as short_name
    from marts.dim_unit as units
    group by units.unit_code
)

select
    counted.indicator || '@' || counted.unit_code || coalesce('/' || nullif(counted.slice, ''), '')
        as number_id,
    counted.indicator,
    counted.period,
    coalesce(forms.title, counted.form) as form_name,
    coalesce(units_listed.printed_name, names.short_name) as source_text,
    coalesce(units_listed.sort, 999)::integer as unit_sort,
    counted.row_count
from marts.rpt_figure_rows as counted
left join about.forms as forms on counted.form = forms.form
left join units_listed
    on counted.source_unit_code = units_listed.unit_code and counted.period = units_listed.period
left join names on counted.source_unit_code = names.unit_code
order by number_id, form_name, unit_sort, source_text
) as rows on true
