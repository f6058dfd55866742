-- The one-month limit of the first opinion.
with scoped as ({{ by_unit('disposals', 'int_opinions') }}),

counted as (
    select
        cut_period, basis, scope_unit_code as unit_code,
        count(*) filter (is_due) as due,
        count(*) filter (is_due and is_on_time) as on_time,
        count(*) filter (is_due and not is_on_time and proposed_on is not null) as late,
        count(*) filter (is_due and proposed_on is null) as missing,
        count(*) filter (is_carried) as carried,
        max(coalesce(proposed_on, as_of) - due_on) filter (is_due and not is_on_time) as days_max,
        avg(coalesce(proposed_on, as_of) - due_on) filter (is_due and not is_on_time) as days_mean,
        count(distinct rolled_up_unit_code) filter (is_due and not is_on_time) as overdue_units
    from scoped
    group by all
),

figures as (
    select
        cut_period, basis, unit_code,
        unnest([
            {{ figure('disposal_due_cnt', 'due') }},
            {{ figure('disposal_ontime_cnt', 'on_time') }},
            {{ rate('disposal_ontime_rate', 'on_time', 'due') }},
            {{ figure('disposal_overdue_cnt', 'due - on_time') }},
            {{ figure('disposal_overdue_cnt', 'late', "'late'") }},
            {{ figure('disposal_overdue_cnt', 'missing', "'missing'") }},
            {{ figure('disposal_overdue_cnt', 'carried', "'carried'") }},
            {{ figure('disposal_overdue_days', 'days_max', "'max'") }},
            {{ figure('disposal_overdue_days', 'days_mean', "'mean'") }},
            {{ figure('disposal_overdue_unit_cnt', 'overdue_units') }}
        ]) as f
    from counted
)

select cut_period, basis, unit_code, f.* from figures
