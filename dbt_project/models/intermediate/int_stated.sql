-- Every statement of a ledger in force, by key: when it leaves, what is fixed, what counts when.
-- Fixed values are kept as hashes: some are dates of persons.
with own as (
    {% for form in ledgers() %}
    {%- set contract = contract_of(form) %}
    {%- set keys = contract.config.meta.key or [] %}
    {%- set columns = contract.columns.values() | list %}
    select
        '{{ form }}' as form, unit_code, period,
        concat_ws({{ (["'/'"] + keys) | reject('equalto', 'person_no') | join(', ') }}) as key,
        concat_ws({{ (["'/'"] + keys) | join(', ') | replace('person_no', 'person_key') }})
            as full_key,
        {{ 'lead_no' if 'lead_no' in keys else 'cast(null as varchar)' }} as lead_no,
        '{{ contract.config.meta.leaves_with or "" }}'
            as parent,
        {{ "status_code = '70'" if form == 'leads' else 'false' }} as is_handed_on,
        {{ leaves_by(form) }} as left_on,
        [
            {%- for c in columns if c.config.meta.is_fixed %}
            {label: '{{ c.description }}',
             is_stat_date: {{ 'true' if c.config.meta.is_stat_date else 'false' }},
             value: md5(cast({{ c.name | replace('person_no', 'person_key') }} as varchar))}
            {{- ',' if not loop.last }}
            {%- endfor %}
        ] as fixed_fields,
        [
            {%- for c in columns if c.config.meta.is_stat_date %}
            {label: '{{ c.description }}', day: {{ c.name }},
             key: {{ 'key' if c.config.meta.is_same else 'full_key' }}}{{ ',' if not loop.last }}
            {%- endfor %}
        ] as stat_dates
    from {{ history(form) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

parents as (
    select
        form as parent, lead_no,
        arg_max_null(left_on, period) as left_on, min(period) as first_period
    from own
    where parent = '' and lead_no is not null
    group by form, lead_no
)

select
    o.form, o.unit_code, u.rolled_up_unit_code, o.period, o.key, o.full_key, o.lead_no,
    o.is_handed_on,
    coalesce(o.left_on, p.left_on) as left_on,
    min(o.period) over (partition by o.form, o.full_key) as first_period,
    coalesce(p.first_period, min(o.period) over (partition by o.form, o.full_key))
        as matter_first_period,
    o.fixed_fields, o.stat_dates
from own as o
inner join {{ ref('int_rolled_units') }} as u
    on u.cut_period = '{{ var("period") }}' and o.unit_code = u.unit_code
left join parents as p on o.parent = p.parent and o.lead_no = p.lead_no
