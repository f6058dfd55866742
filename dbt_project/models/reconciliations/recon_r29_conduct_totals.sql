-- Conduct problems whose two kinds or whose levels are not all, or with more persons dealt with
-- than persons. The level of a problem is the highest rank among its persons.
with levels as (
    select scope_unit_code as unit_code, problem_no, min(rank_code) as rank_code
    from ({{ by_unit('conduct_problems', 'int_conduct_problems') }})
    where cut_period = '{{ var("period") }}' and basis = 'this' and is_problem_in_year
    group by scope_unit_code, problem_no
),

by_level as (
    select l.unit_code, 'by_level' as indicator, count(c.code) as value
    from levels as l
    left join {{ ref('code_lists') }} as c
        on c.list = 'rank_level' and l.rank_code = c.code and c.is_leaf and c.code <> '99'
    group by l.unit_code
),

figures as (
    select unit_code, map_from_entries(list((indicator, coalesce(value, 0)))) as figure
    from (
        select unit_code, indicator, value
        from {{ as_of_period('int_measures__conduct') }}
        where slice = ''
        union all
        select unit_code, indicator, value from by_level
    )
    group by unit_code
),

compared as (
    select
        unit_code,
        unnest([
            {
                key: 'eight_rules_problem_cnt', what: '形式主义、享乐奢靡两类之和不等于总起数',
                fails: figure['formalism_problem_cnt'] + figure['hedonism_problem_cnt']
                <> figure['eight_rules_problem_cnt']
            },
            {
                key: 'eight_rules_problem_cnt', what: '各级别之和不等于总起数',
                fails: coalesce(figure['by_level'], 0) <> figure['eight_rules_problem_cnt']
            },
            {
                key: 'eight_rules_punished_cnt', what: '处分人数多于总人数',
                fails: figure['eight_rules_punished_cnt'] > figure['eight_rules_person_cnt']
            },
            {
                key: 'formalism_punished_cnt', what: '形式主义处分人数多于其总人数',
                fails: figure['formalism_punished_cnt'] > figure['formalism_person_cnt']
            },
            {
                key: 'formalism_org_handled_cnt', what: '形式主义组织处理人数多于其总人数',
                fails: figure['formalism_org_handled_cnt'] > figure['formalism_person_cnt']
            }
        ]) as rule
    from figures
)

select {{ failing('conduct_problems', 'unit_code', 'rule.key', 'rule.what') }}
from compared
where rule.fails
