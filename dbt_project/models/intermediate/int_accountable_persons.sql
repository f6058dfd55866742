-- One row per person held to account this year for failing the two responsibilities.
select
    cut_period, basis, as_of, year_start, person_key,
    arg_min(rolled_up_unit_code, (stat_on, punish_no)) as rolled_up_unit_code
from {{ ref('int_punishments') }}
where is_in_year and accountability_reason_code = '1'
group by all
