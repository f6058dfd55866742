-- Problem leads of the district, one row per period and figure, in the order shown.
with shown as (
    select listed.place, listed.indicator
    from (
        values
        (1, 'lead_accepted_cnt'),
        (2, 'lead_disposed_cnt'),
        (3, 'lead_open_cnt'),
        (4, 'lead_close_rate'),
        (5, 'disposal_due_cnt'),
        (6, 'disposal_ontime_cnt'),
        (7, 'disposal_ontime_rate'),
        (8, 'verification_share'),
        (9, 'disposal_filed_cnt'),
        (10, 'disposal_unfiled_cnt'),
        (11, 'disposal_mismatch_cnt'),
        (12, 'disposal_mismatch_rate'),
        (13, 'lead_overdue_open_cnt'),
        (14, 'lead_overdue_open_rate'),
        (15, 'verify_long_pending_cnt'),
        (16, 'stock_clear_rate')
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
