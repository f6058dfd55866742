-- Keys of a unit's last return that have not left and are no longer listed in the period.
{% set lead_no = "lead_no" %}
{% set step_no = "lead_no || '/' || seq_no" %}
{% set settled = "kind_code = '3' or party_punishment_code in ('7', '8')"
    " or gov_punishment_code in ('7', '8')" %}
{% set forms = {
    'leads': (lead_no, "lead_no || person_key", 'closed_stat_on'),
    'disposals': (step_no, step_no, none),
    'lead_register': (lead_no, lead_no, 'closed_stat_on'),
    'disposal_filings': (step_no, step_no, none),
    'cases': ('case_no', "case_no || person_key", 'least(closed_on, withdrawn_on)'),
    'punishments': ('punish_no', 'punish_no',
        "least(case when " ~ settled ~ " then stat_on else executed_on end, revoked_on)"),
    'rectifications': ('issue_no', 'issue_no', 'verified_on'),
} %}
{% set parents = {'disposals': 'leads', 'disposal_filings': 'lead_register'} %}
with handed_on as (
    select unit_code, lead_no
    from {{ history('leads') }}
    group by all
    having max_by(status_code, period) = '70'
),

last_days as (
    select
        unit_code,
        strftime(max(coalesce(valid_to, date '9999-12-31')), '%Y-%m') as valid_to_period
    from {{ ref('units') }}
    group by unit_code
),

returns as (
    select r.form, r.unit_code, r.period, u.rolled_up_unit_code
    from {{ as_of_period('int_returns_in_force') }} as r
    inner join {{ ref('int_rolled_units') }} as u
        on r.cut_period = u.cut_period and r.unit_code = u.unit_code
),

reporting as (
    select form, unit_code
    from returns
    where period = '{{ var("period") }}'
),

own_last as (
    select form, unit_code, max(period) as period
    from returns
    where period < '{{ var("period") }}'
    group by form, unit_code
),

last_returns as (
    select r.form, r.unit_code, max(r.period) as period, r.rolled_up_unit_code as heir_code
    from returns as r
    inner join reporting as p on r.form = p.form and r.rolled_up_unit_code = p.unit_code
    inner join last_days as d on r.unit_code = d.unit_code
    left join own_last as o on r.form = o.form and r.rolled_up_unit_code = o.unit_code
    where r.period < '{{ var("period") }}'
        and (r.unit_code = r.rolled_up_unit_code or coalesce(o.period <= d.valid_to_period, true))
    group by all
),

{% for form, (key, full_key, leaves_by) in forms.items() %}
{{ form }}_stated as (
    select
        unit_code, period, {{ key }} as shown_key, {{ full_key }} as full_key,
        {{ lead_no if form in ('leads', 'disposals') else 'null' }} as lead_no,
        {{ lead_no if form in parents else 'null' }} as parent_no,
        {{ leaves_by if leaves_by else 'cast(null as date)' }} as left_on,
        min(period) over (partition by {{ full_key }}) as first_period
    from {{ history(form) }}
),
{% endfor %}

parents_stated as (
    {% for form, parent in parents.items() %}
    select
        '{{ form }}' as form, shown_key as lead_no, arg_max_null(left_on, period) as left_on,
        min(first_period) as first_period
    from {{ parent }}_stated
    group by shown_key
    {{ 'union all' if not loop.last }}
    {% endfor %}
)

{% for form in forms %}
select distinct {{ failing(form, 'n.heir_code', 's.shown_key', "'上次填报：' || s.period") }}
from {{ form }}_stated as s
inner join last_returns as n
    on n.form = '{{ form }}' and s.unit_code = n.unit_code and s.period = n.period
left join parents_stated as p on p.form = '{{ form }}' and s.parent_no = p.lead_no
anti join {{ form }}_stated as t
    on s.full_key = t.full_key and t.period = '{{ var("period") }}'
anti join handed_on as h on s.unit_code = h.unit_code and s.lead_no = h.lead_no
where
    not coalesce(
        coalesce(s.left_on, p.left_on) < date '{{ var("period")[:4] }}-01-01'
        and coalesce(p.first_period, s.first_period) < '{{ var("period")[:4] }}', false
    )
{{ 'union all' if not loop.last }}
{% endfor %}
