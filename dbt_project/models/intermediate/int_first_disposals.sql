-- FIRST of returns.md §6.0: the first approved step of each lead.
select
    d.cut_period, d.basis, d.as_of, d.year_start, d.lead_no, d.stat_on, d.method_code,
    d.has_analysis, l.rolled_up_unit_code, l.is_staff, l.campaign_codes,
    l.is_self_found, d.stat_on between d.year_start and d.as_of as is_disposed
from {{ ref('int_disposals') }} as d
inner join {{ ref('int_leads') }} as l
    on d.cut_period = l.cut_period and d.basis = l.basis and d.lead_no = l.lead_no
where d.is_first
