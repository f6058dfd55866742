-- Leads disposed of: how, and of which kind.
with first_steps as ({{ by_unit('disposals', 'int_first_disposals') }}),

methods as (
    select cut_period, basis, as_of, scope_unit_code, ranking_group, method_code, count(*) as steps
    from (
        select f.*, u.ranking_group
        from first_steps as f
        left join {{ ref('int_units_valid') }} as u
            on f.cut_period = u.cut_period and f.basis = u.basis
            and f.scope_unit_code = u.unit_code
    )
    where is_disposed
    group by all
),

shares as (
    select
        cut_period, basis, scope_unit_code as unit_code,
        sum(steps * steps) / cast(sum(steps) * sum(steps) as double) as hhi,
        ranking_group in ('office', 'dispatched')
        and bool_and(method_code = '2')
        and sum(steps) >= param('all_verification_min', any_value(as_of)) as is_all_verified
    from methods
    group by cut_period, basis, scope_unit_code, ranking_group
),

counted as (
    select
        cut_period, basis, scope_unit_code as unit_code,
        count(*) filter (is_disposed) as disposed,
        count(*) filter (is_disposed and method_code = '2') as verified,
        count(*) filter (is_disposed and not has_analysis) as without_analysis
    from first_steps
    group by all
),

results as (
    select
        cut_period, basis, scope_unit_code as unit_code,
        count(distinct lead_no) filter (result_code in ('22', '28')) as unfounded,
        count(distinct lead_no) as concluded
    from ({{ by_unit('disposals', 'int_disposals') }})
    where method_code = '2' and result_stat_on between year_start and as_of
    group by all
),

efforts as (
    select
        cut_period, basis, scope_unit_code as unit_code,
        sum(effort_day_count) filter (
            method_code = '2' and stat_on between year_start and as_of
        ) as person_days
    from ({{ by_unit('disposals', 'int_disposals') }})
    group by all
),

pending as (
    select
        s.cut_period, s.basis, s.scope_unit_code as unit_code,
        count(*) filter (l.is_long_pending) as long_pending
    from ({{ by_unit('leads', 'int_leads') }}) as s
    left join {{ ref('int_lead_limits') }} as l
        on s.cut_period = l.cut_period and s.basis = l.basis and s.lead_no = l.lead_no
    group by all
),

all_verified as (
    select
        cut_period, basis, unnest([unit_code, 'QX00']) as unit_code,
        is_all_verified
    from shares
    where unit_code <> 'QX00'
),

verified_units as (
    select cut_period, basis, unit_code, count(*) filter (is_all_verified) as units
    from all_verified
    group by all
),

figures as (
    select
        c.cut_period, c.basis, c.unit_code,
        unnest([
            {{ figure('lead_disposed_cnt', 'c.disposed') }},
            {{ figure('lead_no_analysis_cnt', 'c.without_analysis') }},
            {{ rate('verification_share', 'c.verified', 'c.disposed') }},
            {{ figure('disposal_method_hhi', 's.hhi') }},
            {{ figure('all_verification_unit_cnt', 'coalesce(v.units, 0)') }},
            {{ figure('verify_long_pending_cnt', 'coalesce(p.long_pending, 0)') }},
            {{ figure('verify_effort_person_days', 'coalesce(e.person_days, 0)') }},
            {{ figure('verify_unfounded_cnt', 'coalesce(r.unfounded, 0)') }},
            {{ rate('verify_unfounded_rate', 'coalesce(r.unfounded, 0)',
                    'coalesce(r.concluded, 0)') }}
        ]) as f
    from counted as c
    left join shares as s using (cut_period, basis, unit_code)
    left join verified_units as v using (cut_period, basis, unit_code)
    left join results as r using (cut_period, basis, unit_code)
    left join pending as p using (cut_period, basis, unit_code)
    left join efforts as e using (cut_period, basis, unit_code)
)

select cut_period, basis, unit_code, f.* from figures
