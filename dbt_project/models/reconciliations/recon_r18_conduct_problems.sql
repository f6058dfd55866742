-- Persons whose case breaks the conduct rules and who are punished without a problem listed, or a
-- problem listed of a person whose case does not.
with punished as (
    select distinct case_no, person_key
    from {{ as_of_period('int_punishments') }}
    where is_punishment
),

conduct as (
    select case_no, person_key, min(problem_no) as problem_no, min(unit_code) as unit_code
    from {{ as_of_period('int_cur_conduct_problems') }}
    where case_no is not null
    group by case_no, person_key
),

failing as (
    select 'cases' as form, c.unit_code, c.case_no as key, '未列违反中央八项规定精神问题' as found
    from {{ as_of_period('int_cur_cases') }} as c
    semi join punished as p on c.case_no = p.case_no and c.person_key = p.person_key
    anti join conduct as q on c.case_no = q.case_no and c.person_key = q.person_key
    where c.is_conduct_violation and not {{ before_system('c.case_no') }}
    union all
    select 'conduct_problems', q.unit_code, q.problem_no, q.case_no || ' 未标违反中央八项规定精神'
    from conduct as q
    inner join {{ as_of_period('int_cur_cases') }} as c
        on q.case_no = c.case_no and q.person_key = c.person_key
    where not c.is_conduct_violation and not {{ before_system('q.case_no') }}
)

select distinct {{ failing('form', 'unit_code', 'key', 'found') }}
from failing
