select
    c.case_no, c.unit_code, c.rolled_up_unit_code, c.lead_no, c.source_code, c.origin_code,
    c.stat_on, c.field_code, c.campaign_code, c.campaign2_code, c.is_joint, c.has_sponsor,
    c.assist_unit_code, c.status_code, c.closed_on, c.withdrawn_on, c.merged_into_case_no,
    c.person_count
from (
    select
        *,
        count(*) filter (is_person) over (partition by case_no) as person_count,
        row_number() over (partition by case_no order by stat_on, person_key) as place
    from {{ ref('fct_case_persons') }}
) as c
where c.place = 1
