-- Conduct problems whose two kinds are not all, or with more persons dealt with than persons.
with figures as (
    select
        unit_code, map_from_entries(list((indicator, coalesce(value, 0)))) as figure
    from {{ as_of_period('int_measures__conduct') }}
    where slice = ''
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
