-- Problems against the eight rules: formalism and bureaucracy (X), hedonism and extravagance (H).
with counted as (
    select
        cut_period, basis, scope_unit_code as unit_code,
        {% for name, condition in [
            ('all', 'true'), ('formalism', 'is_formalism'), ('hedonism', 'is_hedonism')
        ] -%}
    count(distinct problem_no) filter (is_problem_in_year and {{ condition }})
        as {{ name }}_problems,
    count(distinct person_key) filter (is_handled_in_year and {{ condition }})
        as {{ name }}_persons,
    count(distinct person_key) filter (is_handled_in_year and {{ condition }} and is_punished)
        as {{ name }}_punished,
    count(distinct person_key) filter (is_handled_in_year and {{ condition }} and is_org_handled)
        as {{ name }}_org_handled{{ ',' if not loop.last }}
    {% endfor %}
    from ({{ by_unit('conduct_problems', 'int_conduct_problems') }})
    group by all
),

figures as (
    select
        cut_period, basis, unit_code,
        unnest([
            {{ figure('eight_rules_problem_cnt', 'all_problems') }},
            {{ figure('eight_rules_person_cnt', 'all_persons') }},
            {{ figure('eight_rules_punished_cnt', 'all_punished') }},
            {{ figure('formalism_problem_cnt', 'formalism_problems') }},
            {{ figure('formalism_punished_cnt', 'formalism_punished') }},
            {{ figure('formalism_org_handled_cnt', 'formalism_org_handled') }},
            {{ figure('formalism_person_cnt', 'formalism_persons') }},
            {{ figure('hedonism_problem_cnt', 'hedonism_problems') }},
            {{ figure('hedonism_punished_cnt', 'hedonism_punished') }},
            {{ figure('four_winds_problem_cnt', 'formalism_problems + hedonism_problems') }},
            {{ rate('formalism_share_four_winds', 'formalism_problems',
                    '(formalism_problems + hedonism_problems)') }}
        ]) as f
    from counted
)

select cut_period, basis, unit_code, f.* from figures
