-- One row per person punished this year, under the unit of the first punishment of any kind.
select
    cut_period, basis, as_of, year_start, person_key,
    arg_min(rolled_up_unit_code, (stat_on, punish_no)) as rolled_up_unit_code,
    arg_max(rank_code, (weight, stat_on, punish_no)) as rank_code,
    bool_or(kind_code = '1') as has_party,
    bool_or(kind_code = '2') as has_government
from {{ ref('int_punishments') }}
where is_punishment and is_in_year
group by all
