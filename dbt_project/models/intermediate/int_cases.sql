-- CASE of returns.md §6.0: one row per case, under the earliest statistics date of its persons.
select
    cut_period, basis, as_of, year_start, case_no,
    max_by(rolled_up_unit_code, period) as rolled_up_unit_code,
    min(stat_on) as stat_on,
    any_value(lead_no) as lead_no,
    any_value(source_code) as source_code,
    any_value(origin_code) as origin_code,
    [any_value(campaign_code), any_value(campaign2_code)] as campaign_codes,
    bool_or(discipline_code is not null) as has_discipline,
    bool_or(is_top_leader) as has_top_leader,
    bool_or(is_duty_crime) as has_duty_crime,
    bool_or(coalesce(has_sponsor, false)) as has_sponsor,
    bool_or(is_joint) as is_joint,
    count(*) filter (is_person and stat_on >= year_start) as person_count,
    count(*) filter (
        is_person and stat_on >= year_start
        and try_cast(age_band_code as int) <= param('young_age_band_max', as_of)
    ) as young_person_count,
    count(*) filter (is_person and stat_on >= year_start and is_bribe_giver) as bribe_giver_count,
    min(stat_on) >= year_start as is_filed
from {{ ref('int_cur_cases') }}
where merged_into_case_no is null and stat_on <= as_of
group by cut_period, basis, as_of, year_start, case_no
