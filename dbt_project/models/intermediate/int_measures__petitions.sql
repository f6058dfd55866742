-- Petitions received, what became leads, and those handed over by the provincial inspection.
with counted as (
    select
        cut_period, basis, as_of, scope_unit_code as unit_code,
        count(*) filter (is_received) as received,
        count(distinct matter_no) filter (is_received) as matters,
        count(*) filter (is_received and class_code = '1') as accusations,
        count(*) filter (is_received and lead_no is not null) as to_leads,
        count(distinct matter_no) filter (is_handed_over) as handed_over,
        count(distinct matter_no) filter (is_handed_over and is_matter_closed)
            as handed_over_closed
    from ({{ by_unit('petitions', 'int_petitions') }})
    group by all
),

figures as (
    select
        cut_period, basis, unit_code,
        unnest([
            {{ figure('petition_cnt', 'received') }},
            {{ figure('petition_cnt', 'matters', "'items'") }},
            {{ figure('petition_cnt', 'accusations', "'class1'") }},
            {{ figure('petition_to_lead_cnt', 'to_leads') }},
            {{ rate('petition_to_lead_rate', 'to_leads', 'accusations') }},
            {{ figure('prov_insp_petition_cnt', since('PRV', 'handed_over')) }},
            {{ rate('prov_insp_closed_rate', since('PRV', 'handed_over_closed'),
                    since('PRV', 'handed_over')) }}
        ]) as f
    from counted
)

select cut_period, basis, unit_code, f.* from figures
