-- Matters that the provincial inspection handed over: by the source of the lead or of the case, or
-- by a petition of its channel that became the lead.
with handed_over_leads as (
    select distinct l.cut_period, l.basis, l.lead_no
    from {{ ref('int_leads') }} as l
    left join {{ ref('int_cur_petitions') }} as p
        on l.cut_period = p.cut_period and l.basis = p.basis and l.petition_no = p.petition_no
    where l.source_code = '42' or p.channel_code = '62'
)

select cut_period, basis, lead_no as matter_no from handed_over_leads
union
select k.cut_period, k.basis, k.case_no
from {{ ref('int_cases') }} as k
left join handed_over_leads as l
    on k.cut_period = l.cut_period and k.basis = l.basis and k.lead_no = l.lead_no
where k.source_code = '42' or l.lead_no is not null
