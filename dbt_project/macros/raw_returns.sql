{#- The landed rows of one form, all versions. The one place that knows where raw lies. -#}
{% macro raw_returns(form) %}
read_parquet(
    '{{ var("raw") }}/{{ form }}/*/*.parquet',
    hive_partitioning = true, hive_types_autocast = false, union_by_name = true
)
{% endmacro %}

{#- The register of returns: one row per return, whatever came of it. -#}
{% macro raw_register() %}
read_parquet('{{ var("raw") }}/_register/returns.parquet')
{% endmacro %}
