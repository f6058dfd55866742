-- Headline figures of the district, one row per period and figure, in the order shown.
with shown as (
    select listed.place, listed.indicator
    from (
        values
        (1, 'lead_accepted_cnt'),
        (2, 'lead_disposed_cnt'),
        (3, 'case_filed_cnt'),
        (4, 'punished_person_cnt'),
        (5, 'lead_open_cnt'),
        (6, 'lead_overdue_open_cnt'),
        (7, 'disposal_ontime_rate'),
        (8, 'self_case_share')
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
