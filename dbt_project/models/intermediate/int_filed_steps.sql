-- Steps approved this year beside what was filed of them; GBJ's are not filed.
select
    d.cut_period, d.basis, d.as_of, d.year_start, d.lead_no, d.seq_no, d.rolled_up_unit_code,
    f.lead_no is not null as is_matched,
    f.lead_no is not null and (f.method_code is distinct from d.method_code) as is_mismatch
from {{ ref('int_disposals') }} as d
left join {{ ref('int_cur_disposal_filings') }} as f
    on d.cut_period = f.cut_period and d.basis = f.basis and d.lead_no = f.lead_no
    and d.seq_no = f.seq_no and d.as_of >= f.filed_on
where d.stat_on between d.year_start and d.as_of and not starts_with(d.unit_code, 'GBJ')
