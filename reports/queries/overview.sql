-- Headline figures of the district: one row per period,
-- unit and figure, in the order shown.
with shown (section, place, indicator, slice, label) as (
    values
    ('headline', 1, 'petition_cnt', '', null),
    ('headline', 2, 'lead_accepted_cnt', '', null),
    ('headline', 3, 'lead_disposed_cnt', '', null),
    ('headline', 4, 'lead_open_cnt', '', null),
    ('headline', 5, 'case_filed_cnt', '', null),
    ('headline', 6, 'punished_person_cnt', '', null),
    ('headline', 7, 'recovered_amount_wan', '', null),
    ('headline', 8, 'eight_rules_problem_cnt', '', null),
    ('headline', 9, 'disposal_ontime_rate', '', null),
    ('headline', 10, 'lead_close_rate', '', null),
    ('headline', 11, 'lead_overdue_open_rate', '', null),
    ('headline', 12, 'self_case_share', '', null),
    ('ageing', 13, 'lead_hold_days', 'le30', '30天以内'),
    ('ageing', 14, 'lead_hold_days', '31_90', '31－90天'),
    ('ageing', 15, 'lead_hold_days', '91_180', '91－180天'),
    ('ageing', 16, 'lead_hold_days', 'gt180', '180天以上')
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
