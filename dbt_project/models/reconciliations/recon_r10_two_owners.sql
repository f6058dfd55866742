-- One key that two units state for the period; a lead handed on stays with the unit that took it.
{% set forms = {
    'leads': 'lead_no', 'lead_register': 'lead_no', 'cases': 'case_no', 'punishments': 'punish_no',
    'disposal_filings': "lead_no || '/' || seq_no", 'rectifications': 'issue_no',
} %}
{% set owner = "coalesce(min(unit_code) filter (starts_with(unit_code, 'GBJ')), min(unit_code))" %}
{% for form, key in forms.items() %}
select
    {{ failing(form, owner, key,
               "string_agg(distinct unit_code, ' ' order by unit_code)") }}
from {{ history(form) }}
where period = '{{ var("period") }}' {{ "and status_code <> '70'" if form == 'leads' }}
group by {{ key }}
having count(distinct unit_code) > 1
{{ 'union all' if not loop.last }}
{% endfor %}
