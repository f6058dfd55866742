-- Leads without a first disposal opinion within one calendar month of receipt.
select
    {{ failing('leads', 'l.unit_code', 'l.lead_no',
               "case when o.proposed_on is null then '至今未提出' else"
               " '晚' || (o.proposed_on - o.due_on) || '天' end") }}
from {{ as_of_period('int_opinions') }} as o
inner join {{ as_of_period('int_leads') }} as l on o.lead_no = l.lead_no
where o.due_on <= o.as_of and not o.is_on_time
    and coalesce(l.closed_stat_on >= l.year_start, true)
    and not starts_with(l.unit_code, 'GBJ')
