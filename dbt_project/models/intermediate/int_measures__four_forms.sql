-- The four forms: persons counted once in each matter (人次), under the heaviest form.
with counted as (
    select
        cut_period, basis, scope_unit_code as unit_code,
        count(*) filter (is_in_year) as persons,
    {% for form in '1234' -%}
    count(*) filter (is_in_year and form_code = '{{ form }}') as form_{{ form }}
    {{- ',' if not loop.last }}
    {% endfor %}
    from ({{ by_unit('punishments', 'int_person_matters') }})
    group by all
),

figures as (
    select
        cut_period, basis, unit_code,
        unnest([
            {{ figure('four_forms_cnt', 'persons') }},
            {% for form in '1234' -%}
            {{ figure('four_forms_cnt', 'form_' ~ form, "'" ~ form ~ "'") }}
            {{- ',' if not loop.last }}
            {% endfor %}
        ]) as f
    from counted
)

select cut_period, basis, unit_code, f.* from figures
