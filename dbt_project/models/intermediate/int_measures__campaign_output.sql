-- What each campaign has brought, by campaign; the livelihood campaigns under their lead office.
with kinds (indicator, form, output) as (
    values
    ('campaign_problem_cnt', 'campaign_items', 'items'),
    ('campaign_lead_cnt', 'leads', 'leads'),
    ('campaign_case_cnt', 'cases', 'cases'),
    ('campaign_punished_cnt', 'punishments', null)
),

campaigns as (
    select
        code as campaign_code, parent,
        json_extract_string(attributes, '$.lead') as lead_unit_code,
        cast(json_extract_string(attributes, '$.start') as date) as starts_on
    from {{ ref('code_lists') }}
    where list = 'campaign' and is_leaf
),

-- Each matter stands once under its unit and once under the district.
matters as (
    select *, unnest([rolled_up_unit_code, 'QX00']) as counted_in
    from {{ ref('int_campaign_matters') }}
),

by_campaign as (
    select
        s.cut_period, s.basis, k.indicator, s.unit_code, c.campaign_code as slice,
        case when s.as_of >= any_value(c.starts_on) then count(m.matter) end as value
    from {{ ref('int_scope') }} as s
    inner join kinds as k on s.form = k.form
    cross join campaigns as c
    left join matters as m
        on s.cut_period = m.cut_period and s.basis = m.basis and s.form = m.form
        and c.campaign_code = m.campaign_code and s.unit_code = m.counted_in
    group by s.cut_period, s.basis, s.as_of, k.indicator, s.unit_code, c.campaign_code
    having s.unit_code = 'QX00' or count(m.matter) > 0
),

in_all as (
    select s.cut_period, s.basis, k.indicator, s.unit_code, '' as slice, count(m.matter) as value
    from {{ ref('int_scope') }} as s
    inner join kinds as k on s.form = k.form
    left join matters as m
        on s.cut_period = m.cut_period and s.basis = m.basis and s.form = m.form and m.is_first
        and s.unit_code = m.counted_in
    group by all
),

livelihood as (
    select
        d.cut_period, d.basis, c.campaign_code || ':' || k.output as slice, c.lead_unit_code,
        case when d.as_of >= any_value(c.starts_on) then count(m.matter) end as value
    from {{ ref('int_cuts') }} as d
    cross join campaigns as c
    inner join kinds as k on k.output is not null
    left join {{ ref('int_campaign_matters') }} as m
        on d.cut_period = m.cut_period and d.basis = m.basis and k.form = m.form
        and c.campaign_code = m.campaign_code
    where c.parent = 'LIV'
    group by d.cut_period, d.basis, d.as_of, c.campaign_code, c.lead_unit_code, k.output
),

counted as (
    select * from by_campaign
    union all by name
    select * from in_all
    union all by name
    select
        cut_period, basis, 'livelihood_campaign_output_cnt' as indicator,
        unnest([lead_unit_code, 'QX00']) as unit_code, slice, value
    from livelihood
)

select
    cut_period, basis, indicator, unit_code, slice, cast(value as double) as value,
    cast(null as double) as numerator, cast(null as double) as denominator,
    cast(null as varchar) as text_value
from counted
