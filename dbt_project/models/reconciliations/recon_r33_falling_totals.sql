-- Totals of the year that are lower than the last final release of the month before printed them,
-- what was lawfully taken out since left aside on both sides. Against that release stand the keys
-- as it knew them (basis `released`), and the same month as it is known now.
{% set in_year = "stat_on between year_start and as_of" %}
{% set sets = {
    'petition_cnt': ('int_petitions', 'petition_no', 'is_received'),
    'lead_disposed_cnt': ('int_first_disposals', 'lead_no', 'is_disposed'),
    'lead_accepted_cnt': ('int_leads', 'lead_no', 'is_accepted'),
    'case_filed_cnt': ('int_cases', 'case_no', 'is_filed'),
    'case_filed_person_cnt': (
        'int_cur_cases', "case_no || '/' || person_key",
        'is_person and merged_into_case_no is null and ' ~ in_year,
    ),
    'punished_person_cnt': ('int_punished_persons', 'person_key', 'true'),
    'transfer_case_cnt': ('int_cur_transfers', 'case_no', in_year),
    'transfer_person_cnt': ('int_cur_transfers', 'person_key', in_year),
    'recovered_amount_wan': (
        'int_cur_recoveries', 'asset_no',
        "try_cast(kind_code as int) <= param('recovered_kind_max', as_of) and " ~ in_year,
    ),
    'eight_rules_problem_cnt': ('int_conduct_problems', 'problem_no', 'is_problem_in_year'),
} %}
{% set owned = {
    'petitions': ('petition_no', ['petition_cnt']),
    'leads': ('lead_no', ['lead_accepted_cnt', 'lead_disposed_cnt']),
    'cases': ('case_no', ['case_filed_cnt']),
    'punishments': ('person_key', ['punished_person_cnt']),
    'transfers': ('case_no', ['transfer_case_cnt']),
    'recoveries': ('asset_no', ['recovered_amount_wan']),
    'conduct_problems': ('problem_no', ['eight_rules_problem_cnt']),
} %}
with counted as (
    {% for indicator, (set_model, key, condition) in sets.items() %}
    select distinct
        '{{ indicator }}' as indicator, cut_period, basis, {{ key }} as key,
        {{ 'amount_wan' if indicator == 'recovered_amount_wan' else '1.0' }} as amount
    from {{ ref(set_model) }}
    where {{ condition }} and basis in ('this', 'released')
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

keys as (
    select
        indicator, key,
        any_value(amount) filter (basis = 'released') as released,
        any_value(amount) filter (basis = 'this' and cut_period = '{{ previous_period() }}')
            as corrected,
        any_value(amount) filter (basis = 'this' and cut_period = '{{ var("period") }}') as current
    from counted
    group by indicator, key
),

passed_on as (
    {% for form, (key, indicators) in owned.items() %}
    select unnest({{ indicators }}) as indicator, n.{{ key }} as key
    from {{ as_of_period('int_cur_' ~ form) }} as n
    inner join {{ ref('int_cur_' ~ form) }} as b
        on n.cut_period = b.cut_period and b.basis = 'released' and n.{{ key }} = b.{{ key }}
    where n.unit_code <> b.unit_code
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

taken_out as (
    select unnest(['lead_accepted_cnt', 'lead_disposed_cnt']) as indicator, lead_no as key
    from {{ as_of_period('int_cur_leads') }}
    where is_duplicate or merged_into_lead_no is not null
    union all
    select 'case_filed_cnt', case_no
    from {{ as_of_period('int_cur_cases') }}
    where merged_into_case_no is not null
    union all
    select 'punished_person_cnt', person_key
    from {{ as_of_period('int_cur_punishments') }}
    where revoked_on <= as_of
    union all
    select indicator, key from keys
    where released is distinct from corrected
    union all
    select indicator, key from passed_on
),

-- A case taken out takes its persons with it, and so does a case handed over.
set_aside as (
    select k.indicator, sum(k.released) as released, sum(k.current) as current
    from keys as k
    where exists (
        select 1 from taken_out as t
        where (k.indicator = t.indicator and k.key = t.key)
            or (
                k.indicator = 'case_filed_person_cnt' and t.indicator = 'case_filed_cnt'
                and split_part(k.key, '/', 1) = t.key
            )
    )
    group by k.indicator
),

compared as (
    select
        split_part(i.forms, ' ', 1) as form, f.indicator, i.name_zh, f.value as before,
        n.value as now,
        round(f.value - coalesce(s.released, 0), 4) as rest_before,
        round(n.value - coalesce(s.current, 0), 4) as rest_now
    from {{ source('register', 'previous_figures') }} as f
    inner join {{ as_of_period('int_figures') }} as n
        on f.indicator = n.indicator and n.unit_code = 'QX00' and n.slice = ''
    inner join {{ ref('indicators') }} as i on f.indicator = i.indicator
    left join set_aside as s on f.indicator = s.indicator
    where f.indicator in ({% for name in sets %}'{{ name }}'{{ ', ' if not loop.last }}{% endfor %})
)

select
    {{ failing('form', "'QX00'", 'indicator',
               "name_zh || '：上期正式发布 ' || format('{:.10g}', before) || '，本期 '"
               " || format('{:.10g}', now) || '，除去有据可查的变动后 '"
               " || format('{:.10g}', rest_before) || ' 和 ' || format('{:.10g}', rest_now)") }}
from compared
where rest_now < rest_before
