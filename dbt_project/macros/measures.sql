{#- One figure of a list of figures; `unnest` makes rows of them. -#}
{% macro figure(indicator, value, slice="''", numerator='null', denominator='null', text='null') %}
    {indicator: '{{ indicator }}', slice: cast({{ slice }} as varchar),
     value: cast({{ value }} as double), numerator: cast({{ numerator }} as double),
     denominator: cast({{ denominator }} as double), text_value: cast({{ text }} as varchar)}
{% endmacro %}

{#- A rate: null when there is nothing to divide by. -#}
{% macro rate(indicator, numerator, denominator, slice="''") %}
{{ figure(indicator, '(' ~ numerator ~ ') / nullif(cast(' ~ denominator ~ ' as double), 0)', slice,
          numerator=numerator, denominator=denominator) }}
{% endmacro %}

{#- `set_model` beside each unit that owes `form`, and the district; units without rows stay. Each
    row stands once under its unit and once under the district, so that the join is by equality. -#}
{% macro by_unit(form, set_model, unit='rolled_up_unit_code') %}
select
    g.cut_period, g.basis, g.as_of, g.year_start, g.unit_code as scope_unit_code,
    x.* exclude (cut_period, basis, as_of, year_start, counted_in)
from {{ ref('int_scope') }} as g
left join (
    select *, unnest([{{ unit }}, 'QX00']) as counted_in
    from {{ ref(set_model) if set_model is string else set_model }}
) as x
    on g.cut_period = x.cut_period and g.basis = x.basis and g.unit_code = x.counted_in
where g.form = '{{ form }}'
{% endmacro %}

{#- The start of a campaign, of a parent the earliest of its children. -#}
{% macro campaign_start(code) %}
(
    select min(cast(json_extract_string(listed.attributes, '$.start') as date))
    from {{ ref('code_lists') }} as listed
    where listed.list = 'campaign' and '{{ code }}' in (listed.code, listed.parent)
)
{% endmacro %}

{#- True where one of the row's campaigns is the one asked for, or a child of it. -#}
{% macro tagged(code, alias) -%}
contains(' ' || array_to_string({{ alias }}.campaign_codes, ' '), ' {{ code }}')
{%- endmacro %}

{#- A figure of a campaign: null, and so not applicable, as long as the campaign has not begun. -#}
{% macro since(code, value) -%}
case when as_of >= {{ campaign_start(code) }} then {{ value }} end
{%- endmacro %}

{#- Figures of this year beside the same figure a year before: as the last final release froze it,
    else as it is computed now. `figures` is a relation that holds this year's and last year's. -#}
{% macro beside_last_year(figures) %}
select
    f.*,
    case when z.indicator is not null then z.value else y.value end as value_before,
    z.indicator is null as is_before_computed
from {{ figures }} as f
left join {{ figures }} as y
    on f.cut_period = y.cut_period and y.basis = 'last' and f.indicator = y.indicator
    and f.unit_code = y.unit_code and f.slice = y.slice
left join {{ ref('int_frozen_figures') }} as z
    on f.cut_period = z.cut_period and f.indicator = z.indicator
    and f.unit_code = z.rolled_up_unit_code and f.slice = z.slice
where f.basis not in ('last', 'released')
{% endmacro %}
