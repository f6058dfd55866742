-- Leads that the register says are signed for and that no unit lists.
select {{ failing('lead_register', 'r.unit_code', 'r.lead_no', 'r.handling_unit_code') }}
from {{ as_of_period('int_cur_lead_register') }} as r
anti join {{ as_of_period('int_cur_leads') }} as l on r.lead_no = l.lead_no
where r.signed_on <= r.as_of
    and coalesce(r.closed_stat_on >= r.year_start, true)
    and not starts_with(r.handling_unit_code, 'GBJ')
