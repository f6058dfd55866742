-- Rectification of what inspections found, of the district: one row per period,
-- unit and figure, in the order shown.
with shown (section, place, indicator, slice, label) as (
    values
    ('headline', 1, 'insp_feedback_problem_cnt', '', null),
    ('headline', 2, 'insp_rectified_cnt', '', null),
    ('headline', 3, 'insp_rectify_rate', '', null),
    ('headline', 4, 'insp_overdue_cnt', '', null),
    ('inspection', 5, 'insp_unrectified_cnt', '', null),
    ('inspection', 6, 'insp_round_planned_cnt', '', null),
    ('inspection', 7, 'insp_lead_transferred_cnt', '', null),
    ('inspection', 8, 'insp_notice_cnt', '', null),
    ('inspection', 9, 'insp_result_use_cnt', '', null),
    ('provincial', 10, 'prov_insp_feedback_rate', '', null),
    ('provincial', 11, 'prov_insp_petition_cnt', '', null),
    ('provincial', 12, 'prov_insp_closed_rate', '', null),
    ('provincial', 13, 'prov_insp_case_cnt', '', null),
    ('provincial', 14, 'prov_insp_case_person_cnt', '', null),
    ('provincial', 15, 'prov_insp_org_handled_cnt', '', null),
    ('provincial', 16, 'prov_insp_org_handled_cnt', '1xx', null),
    ('others', 17, 'linked_sup_rectified_cnt', '', null),
    ('others', 18, 'edu_rectify_ledger_cnt', '', null),
    ('others', 19, 'edu_rectify_rate', '', null),
    ('others', 20, 'self_check_problem_cnt', '', null),
    ('others', 21, 'inspection_to_lead_rate', '', null)
)

select
    shown.section,
    shown.place,
    coalesce(shown.label::text, page_lines.name) as title,
    page_lines.*
from page_lines
inner join shown
    on page_lines.indicator = shown.indicator and page_lines.slice = shown.slice
where page_lines.unit_code = 'QX00'
order by page_lines.period, page_lines.unit_code, shown.place
