{#- The landed rows of one form, all versions; where they lie is in `__sources.yml`. -#}
{% macro raw_returns(form) %}{{ source('raw', form) }}{% endmacro %}

{#- The register of returns: one row per return, whatever came of it. -#}
{% macro raw_register() %}{{ source('register', 'returns') }}{% endmacro %}
