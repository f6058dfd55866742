{#- The current view of the released period as a fact table, without the staff office's rows. -#}
{% macro fact(current, hidden=[], handled_by=none, about_leads=true) %}
select
    x.* exclude (
        cut_period, basis, as_of, year_start, return_id, row_no
        {%- for column in hidden %}, {{ column }}{% endfor %}
    )
from {{ ref(current) }} as x
where x.cut_period = '{{ var("period") }}' and x.basis = 'this'
    {% if about_leads %}and not starts_with(x.unit_code, 'GBJ'){% endif %}
    {% if handled_by %}and not coalesce(starts_with(x.{{ handled_by }}, 'GBJ'), false){% endif %}
    {% if about_leads -%}
    and not exists (
        select 1 from {{ ref('stg_returns__leads') }} as l
        where l.lead_no = x.lead_no and starts_with(l.unit_code, 'GBJ')
    )
    {%- endif %}
{% endmacro %}
