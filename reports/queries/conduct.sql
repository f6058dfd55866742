-- The four winds in the district and in each unit: one row per period,
-- unit and figure, in the order shown.
with shown (section, place, indicator, slice, label) as (
    values
    ('headline', 1, 'eight_rules_problem_cnt', '', null),
    ('headline', 2, 'eight_rules_person_cnt', '', null),
    ('headline', 3, 'eight_rules_punished_cnt', '', null),
    ('headline', 4, 'formalism_share_four_winds', '', null),
    ('formalism', 5, 'formalism_problem_cnt', '', null),
    ('formalism', 6, 'formalism_person_cnt', '', null),
    ('formalism', 7, 'formalism_punished_cnt', '', null),
    ('formalism', 8, 'formalism_org_handled_cnt', '', null),
    ('hedonism', 9, 'hedonism_problem_cnt', '', null),
    ('hedonism', 10, 'hedonism_punished_cnt', '', null),
    ('watching', 11, 'spot_check_cnt', '', null),
    ('watching', 12, 'holiday_sms_cnt', '', null),
    ('watching', 13, 'compiled_manual_cnt', '', null),
    ('watching', 14, 'eight_rules_basis_item_cnt', '', null)
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
