-- Resident supervision of the district and of each resident group: one row per period,
-- unit and figure, in the order shown.
with shown (section, place, indicator, slice, label) as (
    values
    ('headline', 1, 'disp_case_filed_cnt', '', null),
    ('headline', 2, 'disp_problem_found_cnt', '', null),
    ('headline', 3, 'disp_inspection_cnt', '', null),
    ('headline', 4, 'disp_talk_cnt', '', null),
    ('work', 5, 'disp_three_major_meeting_cnt', '', null),
    ('work', 6, 'disp_joint_study_cnt', '', null),
    ('work', 7, 'disp_written_suggestion_cnt', '', null)
)

select
    shown.section,
    shown.place,
    coalesce(shown.label::text, page_lines.name) as title,
    page_lines.*
from page_lines
inner join shown
    on page_lines.indicator = shown.indicator and page_lines.slice = shown.slice
order by page_lines.period, page_lines.unit_code, shown.place
