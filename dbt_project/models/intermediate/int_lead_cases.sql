-- The leads whose outcome is asked: closed ones, or disposed ones where the commission counts so.
select
    l.cut_period, l.basis, l.as_of, l.year_start, l.lead_no, l.rolled_up_unit_code,
    l.is_self_found,
    case
        when param('lead_to_case_denominator', l.as_of) = 1 then l.is_closed
        else coalesce(d.is_disposed, false)
    end as is_counted,
    exists(
        select 1 from {{ ref('int_cases') }} as c
        where c.cut_period = l.cut_period and c.basis = l.basis and c.lead_no = l.lead_no
    ) as has_case
from {{ ref('int_leads') }} as l
left join {{ ref('int_first_disposals') }} as d
    on l.cut_period = d.cut_period and l.basis = d.basis and l.lead_no = d.lead_no
