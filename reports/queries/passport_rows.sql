-- How many rows of whose return stand behind each figure of the month of the release, and each part
-- of one, by its id.
with names as (
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
