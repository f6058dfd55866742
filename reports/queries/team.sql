-- The commission's own staff and work, of the district: one row per period,
-- unit and figure, in the order shown.
with shown (section, place, indicator, slice, label) as (
    values
    ('headline', 1, 'training_person_cnt', '', null),
    ('headline', 2, 'staff_lead_disposed_cnt', '', null),
    ('headline', 3, 'overdue_task_cnt', '', null),
    ('headline', 4, 'reform_done_rate', '', null),
    ('training', 5, 'training_days', '', null),
    ('training', 6, 'ccdi_training_cnt', '', null),
    ('training', 7, 'prov_casework_training_cnt', '', null),
    ('training', 8, 'shadow_training_cnt', '', null),
    ('tasks', 9, 'key_task_lag_cnt', '', null),
    ('tasks', 10, 'assigned_task_done_rate', '', null),
    ('tasks', 11, 'task_done_only_after_push_rate', '', '催办后才完成的任务占比'),
    ('tasks', 12, 'institution_plan_cnt', '', null),
    ('tasks', 13, 'institution_plan_done_rate', '', null),
    ('tasks', 14, 'institution_new_cnt', '', null),
    ('tasks', 15, 'institution_revised_cnt', '', null),
    ('tasks', 16, 'institution_abolished_cnt', '', null),
    ('tasks', 17, 'practice_institutionalized_cnt', '', null),
    ('tasks', 18, 'reform_item_cnt', '', null),
    ('tasks', 19, 'reform_done_cnt', '', null),
    ('tasks', 20, 'reform_ongoing_cnt', '', null),
    ('education', 21, 'night_class_cnt', '', null),
    ('education', 22, 'thematic_discussion_cnt', '', null),
    ('education', 23, 'party_lecture_cnt', '', null),
    ('education', 24, 'integrity_lecture_cnt', '', null),
    ('education', 25, 'warning_film_cnt', '', null),
    ('education', 26, 'edu_talk_cnt', '', null),
    ('education', 27, 'second_talk_cnt', '', null),
    ('education', 28, 'party_analysis_report_cnt', '', null),
    ('education', 29, 'self_check_round_cnt', '', null),
    ('education', 30, 'self_report_submit_rate', '', null),
    ('education', 31, 'edu_inspection_cnt', '', null),
    ('education', 32, 'staff_lead_new_cnt', '', null),
    ('education', 33, 'staff_lead_ledger_cnt', '', null),
    ('education', 34, 'staff_lead_ledger_cnt', '1', null),
    ('education', 35, 'staff_lead_ledger_cnt', '2', null),
    ('publicity', 36, 'publicity_adopted_cnt', '', null),
    ('publicity', 37, 'publicity_adopted_cnt', 'A1101', null),
    ('publicity', 38, 'publicity_adopted_cnt', 'A1102', null),
    ('publicity', 39, 'publicity_adopted_cnt', 'A1103', null),
    ('publicity', 40, 'publicity_adopted_cnt', 'A1104', null),
    ('publicity', 41, 'integrity_culture_activity_cnt', '', null)
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
