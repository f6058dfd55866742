-- Approved steps that are not filed with the case-management office within the workdays allowed.
select {{ failing('disposals', 'd.unit_code', "d.lead_no || '/' || d.seq_no", "'未报备'") }}
from {{ as_of_period('int_disposals') }} as d
inner join {{ as_of_period('int_leads') }} as l on d.lead_no = l.lead_no
anti join {{ as_of_period('int_cur_disposal_filings') }} as f
    on d.lead_no = f.lead_no and d.seq_no = f.seq_no
where workdays_between(d.approved_on, d.as_of) > param('filing_workdays', d.as_of)
    and coalesce(l.closed_stat_on >= l.year_start, true)
    and not starts_with(d.unit_code, 'GBJ')
