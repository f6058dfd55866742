-- Leads held by a unit that the case-management office has not registered.
select distinct {{ failing('leads', 'l.unit_code', 'l.lead_no', "'未登记'") }}
from {{ as_of_period('int_cur_leads') }} as l
anti join {{ as_of_period('int_cur_lead_register') }} as r on l.lead_no = r.lead_no
where coalesce(l.closed_stat_on >= l.year_start, true) and not starts_with(l.unit_code, 'GBJ')
