-- Filings of a step that no unit has stated; the register says which of them must still be listed.
select
    {{ failing('disposal_filings', 'f.unit_code', "f.lead_no || '/' || f.seq_no",
               'f.handling_unit_code') }}
from {{ as_of_period('int_cur_disposal_filings') }} as f
left join {{ as_of_period('int_cur_lead_register') }} as r on f.lead_no = r.lead_no
anti join {{ history('disposals') }} as d on f.lead_no = d.lead_no and f.seq_no = d.seq_no
where coalesce(r.closed_stat_on >= f.year_start, true)
    and not starts_with(f.handling_unit_code, 'GBJ')
