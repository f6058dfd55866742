-- Problems of conduct by person, each with the statistics date of its problem: the earliest row's.
select
    *,
    starts_with(type_code, 'X') as is_formalism,
    starts_with(type_code, 'H') as is_hedonism,
    coalesce(stat_on between year_start and as_of, false) as is_handled_in_year,
    coalesce(min(stat_on) over problem between year_start and as_of, false) as is_problem_in_year
from {{ ref('int_cur_conduct_problems') }}
window problem as (partition by cut_period, basis, problem_no)
