-- References to a lead or case that nobody has stated.
with leads as (select distinct lead_no from {{ history('leads') }}),

persons as (select distinct case_no, person_key from {{ history('cases') }}),

steps as (
    select distinct on (lead_no, seq_no) lead_no, seq_no, unit_code
    from {{ history('disposals') }}
    order by lead_no asc, seq_no asc, period desc, unit_code asc
),

links as (
    select lead_no, unit_code, unnest([original_lead_no, merged_into_lead_no]) as target_no
    from {{ as_of_period('int_cur_leads') }}
)

select {{ failing('disposals', 's.unit_code', "s.lead_no || '/' || s.seq_no", 's.lead_no') }}
from steps as s
anti join leads as l on s.lead_no = l.lead_no
where not {{ before_system('s.lead_no') }}
{% for form, key in {
    'punishments': 'punish_no', 'transfers': 'transfer_no', 'conduct_problems': 'problem_no',
}.items() %}
union all
select distinct {{ failing(form, 'p.unit_code', 'p.' ~ key, 'p.case_no') }}
from {{ as_of_period('int_cur_' ~ form) }} as p
anti join persons as c on p.case_no = c.case_no and p.person_key = c.person_key
where not {{ before_system('p.case_no') }}
{% endfor %}
{% for form, key in {'recoveries': 'asset_no', 'conduct_problems': 'problem_no'}.items() %}
union all
select distinct {{ failing(form, 'x.unit_code', 'x.' ~ key, 'x.lead_no') }}
from {{ as_of_period('int_cur_' ~ form) }} as x
anti join leads as l on x.lead_no = l.lead_no
where not {{ before_system('x.lead_no') }}
{% endfor %}
union all
select {{ failing('recoveries', 'x.unit_code', 'x.asset_no', 'x.case_no') }}
from {{ as_of_period('int_cur_recoveries') }} as x
anti join persons as c on x.case_no = c.case_no
where not {{ before_system('x.case_no') }}
union all
select distinct {{ failing('leads', 'k.unit_code', 'k.lead_no', 'k.target_no') }}
from links as k
anti join leads as l on k.target_no = l.lead_no
where not {{ before_system('k.target_no') }}
