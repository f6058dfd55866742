-- Keys that were closed or verified a month ago and are open again; a lead on its way is not.
{% set forms = {
    'leads': ('lead_no, person_key', 'closed_on', "status_code <> '70'"),
    'lead_register': ('lead_no', 'closed_on', "status_code <> '70'"),
    'cases': ('case_no, person_key', 'coalesce(closed_on, withdrawn_on)', 'true'),
    'rectifications': ('issue_no', 'verified_on', 'true'),
    'petitions': ('petition_no', 'closed_on', 'true'),
    'campaign_items': ('item_no', 'verified_on', 'true'),
    'reforms': ('reform_no', 'done_on', 'true'),
    'key_tasks': ('task_no', 'done_on', 'true'),
} %}
with {% for form, (key, through_on, applies) in forms.items() %}
{{ form }}_open as (
    select {{ key }}, unit_code
    from {{ listed(form) }}
    where {{ through_on }} is null
),

{{ form }}_through as (
    select {{ key }}, {{ through_on }} as through_on
    from {{ as_of_period('int_cur_' ~ form, previous_period()) }}
    where {{ through_on }} is not null and {{ applies }}
){{ ',' if not loop.last }}
{% endfor %}

{% for form, (key, _, _) in forms.items() %}
select distinct
    {{ failing(form, 'unit_code', key.split(',')[0], "'原日期 ' || through_on") }}
from {{ form }}_open
inner join {{ form }}_through using ({{ key }})
{{ 'union all' if not loop.last }}
{% endfor %}
