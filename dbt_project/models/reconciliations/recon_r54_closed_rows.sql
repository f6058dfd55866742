-- Tables of facts with rows of the cadres office's matters, or with a person's number in them.
{% set facts = {
    'fct_leads': ('leads', ['lead_no']),
    'fct_lead_disposals': ('disposals', ['lead_no']),
    'fct_lead_register': ('lead_register', ['lead_no']),
    'fct_disposal_filings': ('disposal_filings', ['lead_no']),
    'fct_cases': ('cases', ['lead_no', 'case_no']),
    'fct_case_persons': ('cases', ['lead_no', 'case_no']),
    'fct_punishments': ('punishments', ['lead_no', 'case_no']),
    'fct_transfers': ('transfers', ['case_no']),
    'fct_recoveries': ('recoveries', ['lead_no', 'case_no']),
    'fct_conduct_problems': ('conduct_problems', ['lead_no', 'case_no']),
    'fct_petitions': ('petitions', ['lead_no']),
    'fct_campaign_items': ('campaign_items', ['lead_no']),
    'fct_key_tasks': ('key_tasks', []),
    'fct_reforms': ('reforms', []),
    'fct_targets': ('targets', []),
    'fct_rectifications': ('rectifications', ['lead_no']),
    'fct_activities': ('activities', []),
} %}
with matters as (
    select lead_no as matter_no from {{ history('leads') }} where starts_with(unit_code, 'GBJ')
    union
    select case_no from {{ history('cases') }} where starts_with(unit_code, 'GBJ')
),

scanned as (
    {% for fact, (form, matter) in facts.items() %}
    select
        '{{ form }}' as form, '{{ fact }}' as fact,
        count(*) filter (
            regexp_matches(cast({{ fact }} as varchar), 'RY[0-9]{8}|person_no')
        ) as person_count,
        count(*) filter (
            false
            {%- for column in matter %}
            or {{ column }} in (select m.matter_no from matters as m)
            {%- endfor %}
        ) as closed_count
    from {{ ref(fact) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

failing as (
    select
        form, fact,
        concat_ws(
            '，',
            case when closed_count > 0 then '不应列出的 ' || closed_count || ' 行' end,
            case when person_count > 0 then '含人员编码 ' || person_count || ' 行' end
        ) as found
    from scanned
)

select {{ failing('form', "'QX00'", 'fact', 'found') }}
from failing
where found <> ''
