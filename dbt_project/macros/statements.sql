{#- The statements of a form in force at each cut: newest accepted version by unit and period. -#}
{% macro statements(form) %}
{% set with_persons = ['leads', 'cases', 'punishments', 'transfers', 'conduct_problems'] %}
select
    r.cut_period, r.basis, r.as_of, r.year_start,
    s.* exclude (
        version, received_at, file_sha256, sheet
        {%- if form in with_persons %}, person_no{% endif %}
    )
from {{ ref('int_returns_in_force') }} as r
inner join {{ ref('stg_returns__' ~ form) }} as s on r.return_id = s.return_id
where r.form = '{{ form }}'
{% endmacro %}

{#- The current view: per key the newest period's statement; of two units the lower code.
    Of a yearly form only the statement of the year's January counts. -#}
{% macro current_view(form, key, this_january=false) %}
with stated as ({{ statements(form) }})
select s.*, u.rolled_up_unit_code
from stated as s
inner join {{ ref('int_rolled_units') }} as u
    on s.cut_period = u.cut_period and s.unit_code = u.unit_code
{% if this_january %}where s.period = strftime(s.year_start, '%Y-%m'){% endif %}
qualify row_number() over (
    partition by s.cut_period, s.basis, {{ key }} order by s.period desc, s.unit_code
) = 1
{% endmacro %}
