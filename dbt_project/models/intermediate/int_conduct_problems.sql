-- Problems of conduct by person, each with the statistics date of its problem: the earliest row's.
select
    *,
    starts_with(type_code, 'X') as is_formalism,
    starts_with(type_code, 'H') as is_hedonism,
    coalesce(stat_on between year_start and as_of, false) as is_handled_in_year,
    coalesce(min(stat_on) over problem between year_start and as_of, false) as is_problem_in_year,
    -- Codes of ranks rise as ranks fall; published tables have four levels.
    case left(min(rank_code) over problem, 1)
        when '1' then '10' when '2' then '20' when '3' then '3' else '4'
    end as level_code
from {{ ref('int_cur_conduct_problems') }}
window problem as (partition by cut_period, basis, problem_no)
