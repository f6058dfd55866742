-- Returns that can change a period's figures after they were released: those handed in again, with
-- the reason given, and those handed in late. Of the same year or the year before, as a figure of a
-- period counts from the one and is compared with the other.
with arrived as (
    select
        corrections.period as return_period,
        corrections.unit_code,
        corrections.form,
        corrections.version,
        corrections.received_at,
        corrections.reason
    from marts.rpt_corrections as corrections
    union all
    select
        returns.period as return_period,
        returns.unit_code,
        returns.form,
        1 as version,
        returns.received_at,
        null as reason
    from marts.rpt_returns as returns
    where returns.late_day_count > 0 and returns.version is not null
)

select
    periods.period,
    arrived.return_period,
    arrived.unit_code,
    coalesce(units.short_name, arrived.unit_code) as short_name,
    arrived.form,
    arrived.version,
    arrived.received_at,
    arrived.reason
from marts.dim_period as periods
inner join arrived
    on periods.period >= arrived.return_period
    and left(arrived.return_period, 4)::integer >= left(periods.period, 4)::integer - 1
left join marts.dim_unit as units
    on arrived.unit_code = units.unit_code
    and periods.ends_on >= units.valid_from
    and periods.ends_on <= coalesce(units.valid_to, date '9999-12-31')
order by periods.period, arrived.received_at, arrived.unit_code, arrived.form
