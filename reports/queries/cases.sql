-- Cases and punishments of the district and of each unit: one row per period,
-- unit and figure, in the order shown.
with shown (section, place, indicator, slice, label) as (
    values
    ('headline', 1, 'case_filed_cnt', '', null),
    ('headline', 2, 'case_filed_person_cnt', '', null),
    ('headline', 3, 'self_case_cnt', '', null),
    ('headline', 4, 'self_case_share', '', null),
    ('headline', 5, 'punished_person_cnt', '', null),
    ('headline', 6, 'party_punished_person_cnt', '', null),
    ('headline', 7, 'gov_punished_person_cnt', '', null),
    ('headline', 8, 'dual_punished_person_cnt', '', null),
    ('kinds', 9, 'top_leader_case_cnt', '', null),
    ('kinds', 10, 'young_cadre_case_cnt', '', null),
    ('kinds', 11, 'duty_crime_case_cnt', '', null),
    ('kinds', 12, 'bribe_giver_case_cnt', '', null),
    ('kinds', 13, 'joint_case_cnt', '', null),
    ('kinds', 14, 'leader_pack_case_cnt', '', null),
    ('kinds', 15, 'party_discipline_case_cnt', '', null),
    ('kinds', 16, 'lead_to_case_rate', '', null),
    ('kinds', 17, 'self_found_case_rate', '', null),
    ('kinds', 18, 'two_resp_accountability_cnt', '', null),
    ('kinds', 19, 'zero_case_unit_cnt', '', null),
    ('kinds', 20, 'zero_self_case_unit_cnt', '', null),
    ('outcomes', 21, 'transfer_case_cnt', '', null),
    ('outcomes', 22, 'transfer_person_cnt', '', null),
    ('outcomes', 23, 'recovered_amount_wan', '', null),
    ('outcomes', 24, 'recovered_amount_wan', '5', null),
    ('outcomes', 25, 'recovered_amount_wan', '6', null),
    ('outcomes', 26, 'suggestion_letter_cnt', '', null),
    ('outcomes', 27, 'followup_visit_cnt', '', null),
    ('outcomes', 28, 'case_quality_defect_cnt', '', null),
    ('forms', 29, 'four_forms_cnt', '1', '第一种形态'),
    ('forms', 30, 'four_forms_cnt', '2', '第二种形态'),
    ('forms', 31, 'four_forms_cnt', '3', '第三种形态'),
    ('forms', 32, 'four_forms_cnt', '4', '第四种形态')
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
