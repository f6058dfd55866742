-- 标题：处置与报备逐步对照
-- 用途：同一线索同一步：批准日期、报备日期和方式是否一致；没有报备的报备栏为空。
select
    steps.lead_no,
    steps.seq_no,
    steps.unit_code,
    steps.approved_on,
    filings.filed_on,
    steps.method_code,
    filings.method_code as filed_method_code,
    coalesce(filings.method_code, '') <> steps.method_code as is_different
from marts.fct_lead_disposals as steps
left join marts.fct_disposal_filings as filings using (lead_no, seq_no)
order by is_different desc, steps.lead_no asc, steps.seq_no asc
