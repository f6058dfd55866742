-- Problems of conduct whose marks of punishment or organisational measures the ledger of measures
-- does not bear out for that person, in that case or lead.
with measures as (
    select
        p.person_key, p.case_no, coalesce(p.lead_no, k.lead_no) as lead_no,
        p.is_punishment,
        p.kind_code = '3' and not starts_with(p.org_handling_code, '1') as is_org_handling
    from {{ as_of_period('int_punishments') }} as p
    left join {{ as_of_period('int_cases') }} as k on p.case_no = k.case_no
),

borne_out as (
    select
        c.problem_no, c.unit_code, c.person_key, c.is_punished, c.is_org_handled,
        coalesce(bool_or(m.is_punishment), false) as has_punishment,
        coalesce(bool_or(m.is_org_handling), false) as has_org_handling
    from {{ listed('conduct_problems') }} as c
    left join measures as m
        on c.person_key = m.person_key and (c.case_no = m.case_no or c.lead_no = m.lead_no)
    group by all
)

select distinct
    {{ failing('conduct_problems', 'unit_code', 'problem_no',
               "concat_ws('、',"
               " case when is_punished and not has_punishment then '标有处分而无处分记录'"
               " when has_punishment and not is_punished then '有处分记录而未标处分' end,"
               " case when is_org_handled and not has_org_handling then '标有组织处理而无记录'"
               " when has_org_handling and not is_org_handled then '有组织处理记录而未标' end)") }}
from borne_out
where is_punished <> has_punishment or is_org_handled <> has_org_handling
