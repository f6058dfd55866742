-- Headline figures of the district, one row per period.
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
    max(f.value) filter (f.indicator = 'lead_disposed_cnt') as lead_disposed_cnt,
    max(f.value_last_year) filter (f.indicator = 'lead_disposed_cnt') as lead_disposed_cnt_ly,
    max(f.value) filter (f.indicator = 'lead_open_cnt') as lead_open_cnt,
    max(f.value) filter (f.indicator = 'case_filed_cnt') as case_filed_cnt,
    max(f.value_last_year) filter (f.indicator = 'case_filed_cnt') as case_filed_cnt_ly,
    max(f.value) filter (f.indicator = 'case_filed_person_cnt') as case_filed_person_cnt,
    max(f.value) filter (f.indicator = 'punished_person_cnt') as punished_person_cnt,
    max(f.value_last_year) filter (f.indicator = 'punished_person_cnt') as punished_person_cnt_ly,
    max(f.printed_rate) filter (f.indicator = 'disposal_ontime_rate') as disposal_ontime_rate,
    max(f.value) filter (f.indicator = 'lead_overdue_open_cnt') as lead_overdue_open_cnt,
    max(f.printed_rate) filter (f.indicator = 'insp_rectify_rate') as insp_rectify_rate,
    max(f.value) filter (f.indicator = 'warning_meeting_cnt') as warning_meeting_cnt,
    max(f.unit_missing_count)::integer as unit_missing_count,
from figures as f
left join marts.dim_period as p on p.period = f.period
group by all
order by f.period
