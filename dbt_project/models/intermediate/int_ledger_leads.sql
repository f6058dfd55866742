-- One row per lead as the units' ledgers have it, in the words of the register of leads.
select
    cut_period, basis, as_of, year_start, lead_no,
    max_by(unit_code, period) as handling_unit_code,
    max_by(rolled_up_unit_code, period) as rolled_up_unit_code,
    any_value(source_code) as source_code,
    bool_or(is_duplicate) as is_duplicate,
    count(*) filter (is_person) as person_count,
    max_by(status_code, period) as status_code,
    arg_max_null(closed_on, period) as closed_on,
    arg_max_null(closed_stat_on, period) as closed_stat_on,
    min(outcome_code) as outcome_code
from {{ ref('int_cur_leads') }}
group by all
