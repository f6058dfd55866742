-- Campaigns and conduct with more persons punished than persons handled.
{% set pairs = [
    ('punishments', 'campaigns', 'rural_punished_cnt', 'rural_handled_person_cnt'),
    ('conduct_problems', 'conduct', 'eight_rules_punished_cnt', 'eight_rules_person_cnt'),
    ('conduct_problems', 'conduct', 'formalism_punished_cnt', 'formalism_person_cnt'),
] %}
with totals as (
    {% for form, subject, punished, handled in pairs %}
    select
        '{{ form }}' as form, '{{ punished }}' as key, unit_code,
        any_value(value) filter (indicator = '{{ punished }}') as punished,
        any_value(value) filter (indicator = '{{ handled }}') as handled
    from {{ as_of_period('int_measures__' ~ subject) }}
    where slice = ''
    group by unit_code
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    {{ failing('form', 'unit_code', 'key',
               "'处分 ' || cast(punished as bigint) || ' 人，处理 ' || cast(handled as bigint) || ' 人'") }}
from totals
where punished > handled
