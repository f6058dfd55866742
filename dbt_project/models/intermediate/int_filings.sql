-- Filings of the year on leads of LEAD, under the unit that handles the lead.
select
    f.cut_period, f.basis, f.as_of, f.year_start, f.lead_no, u.rolled_up_unit_code
from {{ ref('int_cur_disposal_filings') }} as f
inner join {{ ref('int_leads') }} as l
    on f.cut_period = l.cut_period and f.basis = l.basis and f.lead_no = l.lead_no
inner join {{ ref('int_rolled_units') }} as u
    on f.cut_period = u.cut_period and f.handling_unit_code = u.unit_code
where f.stat_on between f.year_start and f.as_of
