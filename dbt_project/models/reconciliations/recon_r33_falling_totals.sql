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
{% set person = "case_no || '/' || person_key" %}
{% set owned = [
    ('petitions', 'petition_no', 'petition_no', ['petition_cnt']),
    ('leads', 'lead_no', 'lead_no', ['lead_accepted_cnt', 'lead_disposed_cnt']),
    ('cases', person, 'case_no', ['case_filed_cnt']),
    ('cases', person, person, ['case_filed_person_cnt']),
    ('punishments', 'punish_no', 'person_key', ['punished_person_cnt']),
    ('transfers', 'transfer_no', 'case_no', ['transfer_case_cnt']),
    ('transfers', 'transfer_no', 'person_key', ['transfer_person_cnt']),
    ('recoveries', 'asset_no', 'asset_no', ['recovered_amount_wan']),
    ('conduct_problems', "problem_no || '/' || person_key", 'problem_no',
     ['eight_rules_problem_cnt']),
] %}
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

owners as (
    {% for form, row_key, key, indicators in owned %}
    select
        unnest({{ indicators }}) as indicator, {{ row_key }} as row_key, {{ key }} as key,
        basis, unit_code
    from {{ ref('int_cur_' ~ form) }}
    where cut_period = '{{ var("period") }}' and basis in ('this', 'released')
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

taken_out as (
    select unnest(['lead_accepted_cnt', 'lead_disposed_cnt']) as indicator, lead_no as key
    from {{ as_of_period('int_cur_leads') }}
    where is_duplicate or merged_into_lead_no is not null
    union all
    select
        unnest(['case_filed_cnt', 'case_filed_person_cnt']),
        unnest([case_no, case_no || '/' || person_key])
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
    select n.indicator, n.key
    from owners as n
    inner join owners as b
        on n.indicator = b.indicator and n.row_key = b.row_key and n.unit_code <> b.unit_code
    where n.basis = 'this' and b.basis = 'released'
),

set_aside as (
    select k.indicator, sum(k.released) as released, sum(k.current) as current
    from keys as k
    semi join taken_out as t on k.indicator = t.indicator and k.key = t.key
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
    where f.indicator in (
            {% for name in sets -%}
            '{{ name }}'{{ ',' if not loop.last }}
            {% endfor %}
        )
)

select
    {{ failing('form', "'QX00'", 'indicator',
               "name_zh || '：上期正式发布 ' || format('{:.10g}', before) || '，本期 '"
               " || format('{:.10g}', now) || '，除去有据可查的变动后 '"
               " || format('{:.10g}', rest_before) || ' 和 ' || format('{:.10g}', rest_now)") }}
from compared
where rest_now < rest_before
