-- The parameters in force on the last day of each period.
select
    periods.period,
    parameters.name,
    parameters.value
from marts.dim_period as periods
inner join marts.dim_parameter as parameters
    on periods.ends_on >= parameters.valid_from
    and periods.ends_on <= coalesce(parameters.valid_to, date '9999-12-31')
order by periods.period, parameters.name
