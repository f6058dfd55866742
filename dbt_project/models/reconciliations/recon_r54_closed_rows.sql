-- Tables of facts with rows of the cadres office's matters, or with a person's number in them.
{% set facts = {
    'fct_leads': 'leads', 'fct_lead_disposals': 'disposals', 'fct_cases': 'cases',
    'fct_case_persons': 'cases', 'fct_punishments': 'punishments',
    'fct_lead_register': 'lead_register', 'fct_disposal_filings': 'disposal_filings',
    'fct_rectifications': 'rectifications', 'fct_activities': 'activities',
} %}
with matters as (
    select lead_no as matter_no from {{ history('leads') }} where starts_with(unit_code, 'GBJ')
    union
    select case_no from {{ history('cases') }} where starts_with(unit_code, 'GBJ')
),

scanned as (
    {% for fact, form in facts.items() %}
    select
        '{{ form }}' as form, '{{ fact }}' as fact,
        count(*) filter (regexp_matches(cast(f as varchar), 'RY[0-9]{8}|person_no')) as person_count,
        {% if form in ('rectifications', 'activities') -%}
        0 as closed_count
        {%- else -%}
        count(*) filter (
            regexp_matches(cast(f as varchar), 'GBJ[0-9]')
            or len(list_intersect(
                regexp_extract_all(cast(f as varchar), '(XS|LA)[0-9]{10}'),
                (select coalesce(list(matter_no), []) from matters)
            )) > 0
        ) as closed_count
        {%- endif %}
    from {{ ref(fact) }} as f
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

select
    {{ failing('form', "'QX00'", 'fact',
               "concat_ws('，', case when closed_count > 0 then '不应列出的 ' || closed_count || ' 行' end,"
               " case when person_count > 0 then '含人员编码 ' || person_count || ' 行' end)") }}
from scanned
where person_count > 0 or closed_count > 0
