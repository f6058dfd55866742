-- What happened before the start of the campaign it is tagged with.
with tagged as (
    select
        'leads' as form, unit_code, lead_no as key, received_on as happened_on,
        unnest([campaign_code, campaign2_code]) as campaign_code
    from {{ listed('leads') }}
    union all
    select
        'cases', unit_code, case_no, least(party_filed_on, gov_filed_on),
        unnest([campaign_code, campaign2_code])
    from {{ listed('cases') }}
    union all
    select 'campaign_items', unit_code, item_no, found_on, campaign_code
    from {{ listed('campaign_items') }}
    union all
    select 'conduct_problems', unit_code, problem_no, decided_on, campaign_code
    from {{ listed('conduct_problems') }}
),

failing as (
    select
        t.form, t.unit_code, t.key,
        c.label || ' ' || json_extract_string(c.attributes, '$.start') || ' 起' as campaign
    from tagged as t
    inner join {{ ref('code_lists') }} as c on c.list = 'campaign' and t.campaign_code = c.code
    where t.happened_on < cast(json_extract_string(c.attributes, '$.start') as date)
)

select distinct {{ failing('form', 'unit_code', 'key', 'campaign') }}
from failing
