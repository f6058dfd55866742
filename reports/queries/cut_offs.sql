-- The last day of each period: the date that its figures are counted to.
select
    periods.period,
    periods.ends_on
from marts.dim_period as periods
order by periods.period
