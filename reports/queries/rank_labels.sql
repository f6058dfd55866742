-- What the ranks of punished persons are called on the last day of each period.
select
    periods.period,
    codes.code,
    codes.label
from marts.dim_period as periods
inner join marts.dim_code as codes
    on codes.list = 'rank_level'
    and periods.ends_on >= codes.valid_from
    and periods.ends_on <= coalesce(codes.valid_to, date '9999-12-31')
order by periods.period, codes.code
