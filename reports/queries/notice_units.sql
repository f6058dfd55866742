-- The units that owe returns of a period: to each goes a notice, answered with the next return.
select
    periods.period,
    units.unit_code,
    units.name,
    units.short_name,
    units.ranking_group,
    case units.ranking_group
        when 'office' then '纪检监察室'
        when 'dispatched' then '派驻纪检监察组'
        when 'town' then '镇（街道）'
        else ''
    end as group_name,
    units.sort,
    coming.period as next_period,
    coming.due_on as next_due_on
from marts.dim_period as periods
inner join marts.dim_unit as units
    on periods.ends_on >= units.valid_from
    and periods.ends_on <= coalesce(units.valid_to, date '9999-12-31')
left join marts.dim_period as coming
    on coming.starts_on = periods.ends_on + 1
where exists (
        select 1
        from marts.rpt_returns as returns
        where returns.unit_code = units.unit_code and returns.period = periods.period
    )
order by periods.period, units.sort
