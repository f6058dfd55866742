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
    count(*) filter (is_person and stat_on >= year_start) as person_count,
    min(stat_on) >= year_start as is_filed
from {{ ref('int_cur_cases') }}
where merged_into_case_no is null and stat_on <= as_of
group by cut_period, basis, as_of, year_start, case_no
