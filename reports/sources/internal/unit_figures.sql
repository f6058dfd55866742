-- Generated from queries/unit_figures.sql by `jijian render`: do not edit.
-- Figures of each unit, one row per period and unit; 未报 where a needed form is missing.
with figures as (
    select
        i.period,
        i.unit_code,
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
    where i.unit_code <> 'QX00' and i.slice = ''
)

select
    f.period,
    p.starts_on as month_on,
    f.unit_code,
    u.short_name,
    coalesce(u.ranking_group, '') as ranking_group,
    u.sort::integer as unit_sort,
    max(f.value) filter (f.indicator = 'lead_accepted_cnt') as lead_accepted_cnt,
    max(f.value) filter (f.indicator = 'lead_disposed_cnt') as lead_disposed_cnt,
    max(f.value_last_year) filter (f.indicator = 'lead_disposed_cnt') as lead_disposed_cnt_ly,
    max(f.value) filter (f.indicator = 'lead_open_cnt') as lead_open_cnt,
    max(f.value) filter (f.indicator = 'lead_overdue_open_cnt') as lead_overdue_open_cnt,
    max(f.value) filter (f.indicator = 'disposal_due_cnt') as disposal_due_cnt,
    max(f.value) filter (f.indicator = 'disposal_ontime_cnt') as disposal_ontime_cnt,
    max(f.printed_rate) filter (f.indicator = 'disposal_ontime_rate') as disposal_ontime_rate,
    max(f.value) filter (f.indicator = 'disposal_mismatch_cnt') as disposal_mismatch_cnt,
    max(f.value) filter (f.indicator = 'verify_long_pending_cnt') as verify_long_pending_cnt,
    max(f.value) filter (f.indicator = 'unit_case_filed_cnt') as unit_case_filed_cnt,
    max(f.value_last_year) filter (f.indicator = 'unit_case_filed_cnt') as unit_case_filed_cnt_ly,
    max(f.value) filter (f.indicator = 'self_case_cnt_by_unit') as self_case_cnt_by_unit,
    max(f.value) filter (f.indicator = 'case_rank_in_type') as case_rank_in_type,
    max(f.value) filter (f.indicator = 'punished_person_cnt') as punished_person_cnt,
    max(f.value_last_year) filter (f.indicator = 'punished_person_cnt') as punished_person_cnt_ly,
    max(f.value) filter (f.indicator = 'insp_unrectified_cnt') as insp_unrectified_cnt,
    max(f.unit_missing_count)::integer as unit_missing_count,
    case when max(f.unit_missing_count) > 0 then '未报' else '' end as reported_text,
from figures as f
left join marts.dim_period as p on p.period = f.period
inner join marts.dim_unit as u
    on u.unit_code = f.unit_code
    and p.ends_on >= u.valid_from
    and p.ends_on <= coalesce(u.valid_to, date '9999-12-31')
group by all
order by f.period, unit_sort
