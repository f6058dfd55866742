-- Steps filed under another method than the one taken.
select
    {{ failing('disposals', 'd.unit_code', "d.lead_no || '/' || d.seq_no",
               "'报备' || f.method_code || '，实际' || d.method_code") }}
from {{ as_of_period('int_disposals') }} as d
inner join {{ as_of_period('int_leads') }} as l on d.lead_no = l.lead_no
inner join {{ as_of_period('int_cur_disposal_filings') }} as f
    on d.lead_no = f.lead_no and d.seq_no = f.seq_no
where d.method_code <> f.method_code
    and coalesce(l.closed_stat_on >= l.year_start, true)
    and not starts_with(d.unit_code, 'GBJ')
