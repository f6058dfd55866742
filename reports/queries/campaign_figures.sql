-- Campaigns of the district: one row per period,
-- unit and figure, in the order shown.
with shown (section, place, indicator, slice, label) as (
    values
    ('headline', 1, 'campaign_field_cnt', '', null),
    ('headline', 2, 'campaign_problem_cnt', '', null),
    ('headline', 3, 'campaign_lead_cnt', '', null),
    ('headline', 4, 'campaign_case_cnt', '', null),
    ('rural', 5, 'rural_rectified_problem_cnt', '', null),
    ('rural', 6, 'rural_rectified_problem_cnt', 'ytd', null),
    ('rural', 7, 'rural_lead_cnt', '', null),
    ('rural', 8, 'rural_handled_person_cnt', '', null),
    ('rural', 9, 'rural_punished_cnt', '', null),
    ('livelihood', 10, 'livelihood_campaign_cnt', '', null),
    ('livelihood', 11, 'livelihood_field_cnt', '', null),
    ('livelihood', 12, 'livelihood_case_cnt', '', null),
    ('livelihood', 13, 'livelihood_handled_person_cnt', '', null),
    ('livelihood', 14, 'mass_action_accepted_cnt', '', null),
    ('livelihood', 15, 'mass_action_closed_cnt', '', null),
    ('livelihood', 16, 'mass_action_open_cnt', '', null),
    ('livelihood', 17, 'mass_action_close_rate', '', null),
    ('finance', 18, 'finance_campaign_progress_rate', '', null),
    ('finance', 19, 'finance_campaign_progress_rate', 'quantity', null),
    ('finance', 20, 'npl_target_wan', '', null),
    ('finance', 21, 'npl_recovered_wan', '', null),
    ('finance', 22, 'npl_completion_rate', '', null),
    ('finance', 23, 'npl_gap_wan', '', null),
    ('finance', 24, 'npl_assist_recovered_wan', '', null),
    ('finance', 25, 'npl_public_staff_cnt', '', null),
    ('other', 26, 'stat_fraud_progress_rate', '', null),
    ('other', 27, 'stat_self_check_problem_cnt', '', null),
    ('other', 28, 'stat_data_check_cnt', '', null),
    ('other', 29, 'stat_law_check_cnt', '', null),
    ('other', 30, 'stat_fraud_case_cnt', '', null),
    ('other', 31, 'medical_case_cnt', '', null),
    ('other', 32, 'biz_env_problem_cnt', '', null)
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
