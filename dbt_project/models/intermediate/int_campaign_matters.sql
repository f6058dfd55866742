-- What each special campaign has brought since its start: problems, leads, cases, persons punished.
-- A matter under several campaigns stands once under each; `form` is where it was reported.
with campaigns as (
    select
        code as campaign_code, parent,
        json_extract_string(attributes, '$.lead') as lead_unit_code,
        cast(json_extract_string(attributes, '$.start') as date) as starts_on
    from {{ ref('code_lists') }}
    where list = 'campaign' and is_leaf
),

matters as (
    select
        cut_period, basis, as_of, 'campaign_items' as form, item_no as matter, stat_on,
        '' as tie, rolled_up_unit_code, campaign_code
    from {{ ref('int_cur_campaign_items') }}
    where item_kind_code = '1'
    union all
    select
        cut_period, basis, as_of, 'leads', lead_no, stat_on, '', rolled_up_unit_code,
        unnest(campaign_codes)
    from {{ ref('int_leads') }}
    union all
    select
        cut_period, basis, as_of, 'cases', case_no, stat_on, '', rolled_up_unit_code,
        unnest(campaign_codes)
    from {{ ref('int_cases') }}
    union all
    select
        cut_period, basis, as_of, 'punishments', person_key, stat_on, punish_no,
        -- once each: the lead and the case of a measure often name the same campaign
        rolled_up_unit_code, unnest(list_distinct(campaign_codes))
    from {{ ref('int_punishments') }}
    where is_punishment and person_key is not null
)

select
    m.cut_period, m.basis, m.form, m.campaign_code, m.matter, m.rolled_up_unit_code,
    c.parent as parent_code, c.lead_unit_code,
    row_number() over (
        partition by m.cut_period, m.basis, m.form, m.matter
        order by m.stat_on, m.tie, m.campaign_code
    ) = 1 as is_first
from matters as m
inner join campaigns as c on m.campaign_code = c.campaign_code
where m.stat_on between c.starts_on and m.as_of
qualify row_number() over (
        partition by m.cut_period, m.basis, m.form, m.campaign_code, m.matter
        order by m.stat_on, m.tie
    ) = 1
