-- Keys that were closed or verified a month ago and are open again; a lead on its way is not.
{% set forms = {
    'leads': ('lead_no', "case when status_code <> '70' then closed_on end"),
    'lead_register': ('lead_no', 'closed_on'),
    'cases': ('case_no', 'coalesce(closed_on, withdrawn_on)'),
    'rectifications': ('issue_no', 'verified_on'),
} %}
{% for form, (key, through_on) in forms.items() %}
{% set joined = 'using (' ~ key ~ (', person_key)' if form in ('leads', 'cases') else ')') %}
select distinct
    {{ failing(form, 'c.unit_code', 'c.' ~ key, "'原日期 ' || b.through_on") }}
from {{ listed(form) }} as c
inner join (
    select *, {{ through_on }} as through_on
    from {{ as_of_period('int_cur_' ~ form, previous_period()) }}
) as b {{ joined }}
where b.through_on is not null
    and {{ 'coalesce(c.closed_on, c.withdrawn_on)' if form == 'cases'
           else 'c.verified_on' if form == 'rectifications' else 'c.closed_on' }} is null
{{ 'union all' if not loop.last }}
{% endfor %}
