-- Figures of each unit: one row per period,
-- unit and figure, in the order shown.
with shown (section, place, indicator, slice, label) as (
    values
    ('headline', 1, 'lead_accepted_cnt', '', null),
    ('headline', 2, 'lead_disposed_cnt', '', null),
    ('headline', 3, 'case_filed_cnt', '', null),
    ('headline', 4, 'punished_person_cnt', '', null),
    ('headline', 5, 'lead_open_cnt', '', null),
    ('headline', 6, 'disposal_ontime_rate', '', null),
    ('headline', 7, 'self_case_cnt', '', null),
    ('headline', 8, 'case_rank_in_type', '', null),
    ('problems', 9, 'disposal_overdue_cnt', '', null),
    ('problems', 10, 'disposal_overdue_cnt', 'missing', null),
    ('problems', 11, 'lead_overdue_open_cnt', '', null),
    ('problems', 12, 'lead_overdue_open_rate', '', null),
    ('problems', 13, 'verify_long_pending_cnt', '', null),
    ('problems', 14, 'disposal_unfiled_cnt', '', null),
    ('problems', 15, 'disposal_mismatch_cnt', '', null),
    ('problems', 16, 'system_ledger_conflict_cnt', '', null),
    ('problems', 17, 'verification_share', '', null),
    ('problems', 18, 'lead_no_analysis_cnt', '', null),
    ('problems', 19, 'key_task_lag_cnt', '', null),
    ('problems', 20, 'overdue_task_cnt', '', null),
    ('work', 21, 'petition_cnt', '', null),
    ('work', 22, 'case_filed_person_cnt', '', null),
    ('work', 23, 'recovered_amount_wan', '', null),
    ('work', 24, 'four_forms_cnt', '', null),
    ('work', 25, 'eight_rules_problem_cnt', '', null),
    ('work', 26, 'transfer_person_cnt', '', null),
    ('work', 27, 'disp_inspection_cnt', '', null),
    ('work', 28, 'disp_problem_found_cnt', '', null),
    ('work', 29, 'disp_talk_cnt', '', null),
    ('work', 30, 'publicity_adopted_cnt', '', null),
    ('work', 31, 'publicity_rank', '', null),
    ('work', 32, 'integrity_culture_activity_cnt', '', null),
    ('work', 33, 'reform_done_rate', '', null),
    ('work', 34, 'training_person_cnt', '', null),
    ('work', 35, 'trial_tip_issue_cnt', '', null),
    ('work', 36, 'case_quality_defect_cnt', '', null),
    ('work', 37, 'insp_notice_cnt', '', null),
    ('work', 38, 'standing_committee_meeting_cnt', '', null),
    ('work', 39, 'integrity_opinion_reply_cnt', '', null),
    ('work', 40, 'institution_new_cnt', '', null)
)

select
    shown.section,
    shown.place,
    coalesce(shown.label::text, page_lines.name) as title,
    page_lines.*
from page_lines
inner join shown
    on page_lines.indicator = shown.indicator and page_lines.slice = shown.slice
inner join units_listed
    on page_lines.unit_code = units_listed.unit_code and page_lines.period = units_listed.period
order by page_lines.period, page_lines.unit_code, shown.place
