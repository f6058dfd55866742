-- Leads beside their first opinion, approved or not: was it in time?
select
    l.cut_period, l.basis, l.as_of, l.year_start, l.lead_no, l.rolled_up_unit_code,
    l.due_on, d.proposed_on,
    coalesce(l.due_on between l.year_start and l.as_of, false) as is_due,
    coalesce(d.proposed_on <= l.due_on, false) as is_on_time,
    l.is_open and l.due_on < l.year_start and d.proposed_on is null as is_carried
from {{ ref('int_leads') }} as l
left join {{ ref('int_disposals') }} as d
    on l.cut_period = d.cut_period and l.basis = d.basis and l.lead_no = d.lead_no
    and d.seq_no = 1 and l.as_of >= d.proposed_on
