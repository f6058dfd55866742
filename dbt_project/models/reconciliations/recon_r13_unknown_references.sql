-- References that lead nowhere: to a lead or petition nobody has stated, or that names another.
with leads as (
    select lead_no, any_value(petition_no) as petition_no
    from {{ as_of_period('int_cur_leads') }}
    group by lead_no
),

named as (
    select 'rectifications' as form, unit_code, issue_no as key, lead_no
    from {{ listed('rectifications') }}
    union all
    select 'campaign_items', unit_code, item_no, lead_no
    from {{ listed('campaign_items') }}
    union all
    select 'petitions', unit_code, petition_no, lead_no
    from {{ listed('petitions') }}
),

failing as (
    select n.form, n.unit_code, n.key, n.lead_no as target_no
    from named as n
    anti join leads as l on n.lead_no = l.lead_no
    where n.lead_no is not null and not {{ before_system('n.lead_no') }}
    union all
    select 'petitions', p.unit_code, p.petition_no, p.first_petition_no
    from {{ listed('petitions') }} as p
    anti join {{ as_of_period('int_cur_petitions') }} as f on p.first_petition_no = f.petition_no
    where p.first_petition_no is not null and not {{ before_system('p.first_petition_no') }}
    union all
    select 'petitions', p.unit_code, p.petition_no, p.lead_no
    from {{ listed('petitions') }} as p
    inner join leads as l on p.lead_no = l.lead_no
    where not p.is_repeat and l.petition_no is distinct from p.petition_no
        and not {{ before_system('p.lead_no') }}
    union all
    select distinct 'leads', l.unit_code, l.lead_no, l.petition_no
    from {{ listed('leads') }} as l
    left join {{ as_of_period('int_cur_petitions') }} as p on l.petition_no = p.petition_no
    where l.petition_no is not null and p.lead_no is distinct from l.lead_no
        and not {{ before_system('l.petition_no') }}
)

select {{ failing('form', 'unit_code', 'key', 'target_no') }}
from failing
