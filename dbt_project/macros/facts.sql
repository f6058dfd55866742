{#- The current view of the released period as a fact table. `about` names the columns that say
    which lead or case a row hangs on: rows of the staff office's matters are left out. -#}
{% macro fact(current, hidden=[], handled_by=none, about=['lead_no']) %}
{% set stated_in = {'lead_no': 'stg_returns__leads', 'case_no': 'stg_returns__cases'} %}
select
    x.* exclude (
        cut_period, basis, as_of, year_start, return_id, row_no
        {%- for column in hidden %}, {{ column }}{% endfor %}
    )
from {{ ref(current) }} as x
where x.cut_period = '{{ var("period") }}' and x.basis = 'this'
    {% if about %}and not starts_with(x.unit_code, 'GBJ'){% endif %}
    {% if handled_by %}and not coalesce(starts_with(x.{{ handled_by }}, 'GBJ'), false){% endif %}
    {% for column in about -%}
    and not exists (
        select 1 from {{ ref(stated_in[column]) }} as l
        where l.{{ column }} = x.{{ column }} and starts_with(l.unit_code, 'GBJ')
    )
    {% endfor %}
{% endmacro %}
