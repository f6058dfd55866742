{#- The parts of each figure, where it has a value, sum to it. -#}
{% test sums_to(model, figures) %}
select
    parts.indicator,
    parts.period,
    parts.unit_code
from {{ model }} as parts
inner join {{ figures }} as figures
    on parts.indicator = figures.indicator
    and parts.period = figures.period
    and parts.unit_code = figures.unit_code
    and figures.slice = ''
    and figures.status = 'value'
group by parts.indicator, parts.period, parts.unit_code
having sum(parts.value) is distinct from any_value(figures.value)
{% endtest %}
