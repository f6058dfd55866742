-- Cases and punishments of the district, one row per period and figure, in the order shown.
with shown as (
    select listed.place, listed.indicator
    from (
        values
        (1, 'case_filed_cnt'),
        (2, 'case_filed_person_cnt'),
        (3, 'self_case_cnt'),
        (4, 'self_case_share'),
        (5, 'punished_person_cnt'),
        (6, 'party_punished_person_cnt'),
        (7, 'gov_punished_person_cnt'),
        (8, 'dual_punished_person_cnt'),
        (9, 'top_leader_case_cnt'),
        (10, 'young_cadre_case_cnt'),
        (11, 'zero_case_unit_cnt'),
        (12, 'lead_to_case_rate')
    ) as listed (place, indicator)
)

select
    printed.period,
    printed.month_on,
    printed.indicator,
    shown.place,
    printed.title,
    printed.value,
    printed.text,
    printed.last_year_text,
    printed.change_text,
    printed.change_rate_text
from printed
inner join shown on printed.indicator = shown.indicator
where printed.unit_code = 'QX00' and printed.slice = ''
order by printed.period, shown.place
