{#- The rows of a model of the intermediate layer as of the period asked for. -#}
{% macro as_of_period(model) %}
(
    select * from {{ ref(model) }} where cut_period = '{{ var("period") }}' and basis = 'this'
)
{% endmacro %}

{#- Every statement in force up to the period asked for, of one form. -#}
{% macro history(form) %}
(
    select * from ({{ statements(form) }})
    where cut_period = '{{ var("period") }}' and basis = 'this'
)
{% endmacro %}

{#- One failing row; the keys of the supervision office of cadres are never shown. -#}
{% macro failing(form, unit_code, key, detail) %}
    '{{ form }}' as form, {{ unit_code }} as unit_code, '{{ var("period") }}' as period,
    case when starts_with({{ unit_code }}, 'GBJ') then '' else {{ key }} end as key,
    case when starts_with({{ unit_code }}, 'GBJ') then '' else {{ detail }} end as detail
{% endmacro %}

{#- True where the number of a lead or case is older than the first return of the system. -#}
{% macro before_system(number) %}
(
    substr({{ number }}, 3, 4) < (
        select left(min(r.period), 4)
        from {{ ref('stg_register__returns') }} as r
        where r.outcome = 'accepted'
    )
)
{% endmacro %}
