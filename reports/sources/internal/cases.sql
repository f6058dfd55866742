-- Generated from queries/cases.sql by `jijian render`: do not edit.
-- Cases and punishments of the district, one row per period.
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
    max(f.value) filter (f.indicator = 'case_filed_cnt') as case_filed_cnt,
    max(f.value_last_year) filter (f.indicator = 'case_filed_cnt') as case_filed_cnt_ly,
    max(f.value) filter (f.indicator = 'case_filed_person_cnt') as case_filed_person_cnt,
    max(f.value) filter (f.indicator = 'self_case_cnt') as self_case_cnt,
    max(f.printed_rate) filter (f.indicator = 'self_case_share') as self_case_share,
    max(f.value) filter (f.indicator = 'punished_person_cnt') as punished_person_cnt,
    max(f.value_last_year) filter (f.indicator = 'punished_person_cnt') as punished_person_cnt_ly,
    max(f.value) filter (f.indicator = 'party_punished_person_cnt') as party_punished_person_cnt,
    max(f.value) filter (f.indicator = 'gov_punished_person_cnt') as gov_punished_person_cnt,
    max(f.value) filter (f.indicator = 'dual_punished_person_cnt') as dual_punished_person_cnt,
    max(f.value) filter (f.indicator = 'top_leader_case_cnt') as top_leader_case_cnt,
    max(f.value) filter (f.indicator = 'young_cadre_case_cnt') as young_cadre_case_cnt,
    max(f.value) filter (f.indicator = 'duty_crime_case_cnt') as duty_crime_case_cnt,
    max(f.value) filter (f.indicator = 'zero_case_unit_cnt') as zero_case_unit_cnt,
    max(f.unit_missing_count)::integer as unit_missing_count,
from figures as f
left join marts.dim_period as p on p.period = f.period
group by all
order by f.period
