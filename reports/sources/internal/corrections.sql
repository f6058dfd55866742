-- Generated from queries/corrections.sql by `jijian render`: do not edit.
select rows.* from (select 1) as always left join (
-- The revision records: one row per form accepted again, with what it changed and why. A reason
-- is a unit's own text: an apostrophe before what a spreadsheet would reckon, for tables are
-- downloaded.
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
)

select
    records.period,
    coalesce(units_listed.printed_name, records.unit_code) as short_name,
    coalesce(units_listed.sort, 0)::integer as unit_sort,
    coalesce(forms.title, records.form) as form_name,
    records.version::text as version_text,
    strftime(records.received_at, '%Y-%m-%d %H:%M') as received_at_text,
    case when records.is_after_close then '关账后' else '关账前' end as close_text,
    case
        when records.added_row_count is null then '—'
        when records.added_row_count + records.gone_row_count + records.changed_row_count = 0
            then '没有改动'
        else concat_ws(
                '，',
                '增' || nullif(records.added_row_count, 0) || '行',
                '减' || nullif(records.gone_row_count, 0) || '行',
                '改' || nullif(records.changed_row_count, 0) || '行（'
                || records.changed_cell_count || '格）'
            )
    end as change_text,
    coalesce(regexp_replace(records.reason, '^\s*([=+@-])', '''\1'), '—') as reason_text
from marts.rpt_corrections as records
left join units_listed
    on records.unit_code = units_listed.unit_code and records.period = units_listed.period
left join about.forms as forms on records.form = forms.form
order by records.period asc, records.received_at desc, unit_sort asc, form_name asc
) as rows on true
