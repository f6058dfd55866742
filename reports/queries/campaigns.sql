-- The campaigns that had begun by the last day of each period, with the office that leads them.
select
    periods.period,
    campaigns.code,
    campaigns.label,
    coalesce(units.short_name, '') as lead_name,
    campaigns.sort
from marts.dim_period as periods
inner join marts.dim_code as campaigns
    on campaigns.list = 'campaign'
    and campaigns.is_leaf
    and periods.ends_on >= campaigns.valid_from
    and periods.ends_on <= coalesce(campaigns.valid_to, date '9999-12-31')
    and periods.ends_on >= (campaigns.attributes::json ->> 'start')::date
left join marts.dim_unit as units
    on campaigns.attributes::json ->> 'lead' = units.unit_code
    and periods.ends_on >= units.valid_from
    and periods.ends_on <= coalesce(units.valid_to, date '9999-12-31')
order by periods.period, campaigns.sort
