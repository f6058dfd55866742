{#- The rows of a model of the intermediate layer as of the period asked for, or of another. -#}
{% macro as_of_period(model, period=none) %}
(
    select * from {{ ref(model) }}
    where cut_period = '{{ period or var("period") }}' and basis = 'this'
)
{% endmacro %}

{#- The month before the period asked for. -#}
{% macro previous_period() -%}
{%- set year, month = var("period")[:4] | int, var("period")[5:] | int -%}
{{ "%d-12" % (year - 1) if month == 1 else "%d-%02d" % (year, month - 1) }}
{%- endmacro %}

{#- True where a date lies in the month asked for. -#}
{% macro in_month(day) -%}
coalesce(strftime({{ day }}, '%Y-%m') = '{{ var("period") }}', false)
{%- endmacro %}

{#- What the contract of a form says, as the sources carry it; nothing while dbt only parses. -#}
{% macro contract_of(form) %}
{% set unparsed = {'columns': {}, 'config': {'meta': {}}} %}
{{ return(graph.sources['source.jijian.raw.' ~ form] if execute else unparsed) }}
{% endmacro %}

{#- The Chinese label of a column. -#}
{% macro label_of(form, column) -%}
{{ contract_of(form).columns[column].description if execute }}
{%- endmacro %}

{#- The date by which a key leaves its ledger; null in a form whose keys leave with another's. -#}
{% macro leaves_by(form) -%}
{{ contract_of(form).config.meta.leaves_by or 'cast(null as date)' }}
{%- endmacro %}

{#- The current view of a form without the keys that had left before the year. -#}
{% macro listed(form) %}
(
    select * from {{ as_of_period('int_cur_' ~ form) }}
    where coalesce({{ leaves_by(form) }} >= year_start, true)
)
{% endmacro %}

{#- The ledgers that the rules about keys and versions read. -#}
{% macro ledgers() %}
{{ return([
    'petitions', 'leads', 'disposals', 'lead_register', 'disposal_filings', 'cases',
    'punishments', 'transfers', 'recoveries', 'conduct_problems', 'campaign_items',
    'rectifications', 'reforms', 'key_tasks',
]) }}
{% endmacro %}

{#- Every statement in force up to the period asked for, of one form. -#}
{% macro history(form) %}
(
    select * from ({{ statements(form) }})
    where cut_period = '{{ var("period") }}' and basis = 'this'
)
{% endmacro %}

{#- One failing row; the keys of the supervision office of cadres are never shown. `form`
    itself stands for the column of that name. -#}
{% macro failing(form, unit_code, key, detail) %}
    {{ "form" if form == "form" else "'" ~ form ~ "'" }} as form,
    {{ unit_code }} as unit_code, '{{ var("period") }}' as period,
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
