-- Leads that became cases.
with counted as (
    select
        cut_period, basis, scope_unit_code as unit_code,
        count(*) filter (is_counted) as leads,
        count(*) filter (is_counted and has_case) as became,
        count(*) filter (is_counted and is_self_found) as found,
        count(*) filter (is_counted and is_self_found and has_case) as found_became
    from ({{ by_unit('leads', 'int_lead_cases') }})
    group by all
),

figures as (
    select
        cut_period, basis, unit_code,
        unnest([
            {{ rate('lead_to_case_rate', 'became', 'leads') }},
            {{ rate('self_found_case_rate', 'found_became', 'found') }}
        ]) as f
    from counted
)

select cut_period, basis, unit_code, f.* from figures
