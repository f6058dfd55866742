-- Leads of each unit as printed, one row per period and unit that owes the ledger.
select
    printed.period,
    printed.unit_code,
    units_listed.printed_name as short_name,
    units_listed.sort::integer as unit_sort,
    '/units/' || printed.unit_code as page,
    max(printed.cell) filter (printed.indicator = 'lead_accepted_cnt') as lead_accepted_cnt,
    max(printed.cell) filter (printed.indicator = 'lead_disposed_cnt') as lead_disposed_cnt,
    max(printed.cell) filter (printed.indicator = 'lead_open_cnt') as lead_open_cnt,
    max(printed.cell) filter (printed.indicator = 'lead_overdue_open_cnt') as lead_overdue_open_cnt,
    max(printed.cell) filter (printed.indicator = 'disposal_overdue_cnt') as disposal_overdue_cnt,
    max(printed.cell) filter (printed.indicator = 'disposal_ontime_rate') as disposal_ontime_rate,
    max(printed.cell) filter (printed.indicator = 'verification_share') as verification_share,
    max(printed.cell) filter (printed.indicator = 'disposal_unfiled_cnt') as disposal_unfiled_cnt,
    max(printed.cell) filter (printed.indicator = 'disposal_mismatch_cnt') as disposal_mismatch_cnt,
    max(printed.cell) filter (
        printed.indicator = 'verify_long_pending_cnt'
    ) as verify_long_pending_cnt,
    case when max(printed.unit_missing_count) > 0 then '未报' else '已报' end as reported_text
from printed
inner join units_listed
    on printed.unit_code = units_listed.unit_code and printed.period = units_listed.period
where printed.unit_code <> 'QX00' and printed.slice = ''
    and printed.indicator in (
        'lead_accepted_cnt',
        'lead_disposed_cnt',
        'lead_open_cnt',
        'lead_overdue_open_cnt',
        'disposal_overdue_cnt',
        'disposal_ontime_rate',
        'verification_share',
        'disposal_unfiled_cnt',
        'disposal_mismatch_cnt',
        'verify_long_pending_cnt'
    )
group by all
order by printed.period, unit_sort
