-- Figures of each unit, one row per period, unit and figure, in the order shown.
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
        (8, 'case_rank_in_type'),
        (9, 'disposal_unfiled_cnt'),
        (10, 'disposal_mismatch_cnt'),
        (11, 'verify_long_pending_cnt'),
        (12, 'self_case_cnt')
    ) as listed (place, indicator)
)

select
    printed.period,
    printed.month_on,
    printed.unit_code,
    printed.indicator,
    shown.place,
    printed.title,
    printed.value,
    printed.marked as text,
    printed.last_year_text,
    printed.change_text,
    printed.change_rate_text
from printed
inner join shown on printed.indicator = shown.indicator
inner join units_listed
    on printed.unit_code = units_listed.unit_code and printed.period = units_listed.period
where printed.slice = ''
order by printed.period, units_listed.sort, shown.place
