-- Generated from queries/leads.sql by `jijian render`: do not edit.
-- Problem leads of the district, one row per period.
with figures as (
    select
        i.period,
        i.indicator,
        i.value,
        case when i.denominator >= limits.value then i.value end as printed_rate,
        i.value_last_year,
        i.unit_missing_count,
    from marts.rpt_indicators as i
    left join marts.dim_period as periods on periods.period = i.period
    left join marts.dim_parameter as limits
        on limits.name = 'rate_min_n'
        and periods.ends_on >= limits.valid_from
        and periods.ends_on <= coalesce(limits.valid_to, date '9999-12-31')
    where i.unit_code = 'QX00' and i.slice = ''
)

select
    f.period,
    p.starts_on as month_on,
    max(f.value) filter (f.indicator = 'lead_accepted_cnt') as lead_accepted_cnt,
    max(f.value_last_year) filter (f.indicator = 'lead_accepted_cnt') as lead_accepted_cnt_ly,
    max(f.value) filter (f.indicator = 'lead_disposed_cnt') as lead_disposed_cnt,
    max(f.value_last_year) filter (f.indicator = 'lead_disposed_cnt') as lead_disposed_cnt_ly,
    max(f.value) filter (f.indicator = 'lead_open_cnt') as lead_open_cnt,
    max(f.value) filter (f.indicator = 'lead_overdue_open_cnt') as lead_overdue_open_cnt,
    max(f.printed_rate) filter (f.indicator = 'lead_overdue_open_rate') as lead_overdue_open_rate,
    max(f.value) filter (f.indicator = 'disposal_due_cnt') as disposal_due_cnt,
    max(f.value) filter (f.indicator = 'disposal_ontime_cnt') as disposal_ontime_cnt,
    max(f.printed_rate) filter (f.indicator = 'disposal_ontime_rate') as disposal_ontime_rate,
    max(f.value) filter (f.indicator = 'disposal_filed_cnt') as disposal_filed_cnt,
    max(f.value) filter (f.indicator = 'disposal_unfiled_cnt') as disposal_unfiled_cnt,
    max(f.value) filter (f.indicator = 'disposal_mismatch_cnt') as disposal_mismatch_cnt,
    max(f.printed_rate) filter (f.indicator = 'disposal_mismatch_rate') as disposal_mismatch_rate,
    max(f.value) filter (f.indicator = 'verify_long_pending_cnt') as verify_long_pending_cnt,
    max(f.printed_rate) filter (f.indicator = 'lead_close_rate') as lead_close_rate,
    max(f.value) filter (f.indicator = 'stock_lead_cnt') as stock_lead_cnt,
    max(f.value) filter (f.indicator = 'stock_cleared_cnt') as stock_cleared_cnt,
    max(f.printed_rate) filter (f.indicator = 'stock_clear_rate') as stock_clear_rate,
    max(f.printed_rate) filter (f.indicator = 'self_found_lead_share') as self_found_lead_share,
    max(f.printed_rate) filter (f.indicator = 'lead_to_case_rate') as lead_to_case_rate,
    max(f.unit_missing_count)::integer as unit_missing_count,
from figures as f
left join marts.dim_period as p on p.period = f.period
group by all
order by f.period
