-- Generated from queries/return_units.sql by `jijian render`: do not edit.
select rows.* from (select 1) as always left join (
-- Each unit's forms by what became of them: one row per period and unit.
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
    returns.period,
    returns.unit_code,
    units_listed.printed_name as short_name,
    units_listed.sort::integer as unit_sort,
    count(*)::integer as owed_cnt,
    count(*) filter (where returns.status = '按时')::integer as on_time_cnt,
    count(*) filter (where returns.status = '迟报')::integer as late_cnt,
    count(*) filter (where returns.status = '更正')::integer as corrected_cnt,
    count(*) filter (where returns.status = '退回')::integer as returned_cnt,
    count(*) filter (where returns.status = '未报')::integer as missing_cnt,
    count(*) filter (where returns.is_nil)::integer as nil_cnt,
    coalesce(max(returns.late_day_count), 0)::integer as late_day_cnt
from marts.rpt_returns as returns
inner join units_listed
    on returns.unit_code = units_listed.unit_code and returns.period = units_listed.period
group by returns.period, returns.unit_code, units_listed.printed_name, units_listed.sort
order by returns.period, unit_sort
) as rows on true
