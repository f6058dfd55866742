-- Problems found and put right: joint supervision per unit, the inspection rounds for the district.
with linked as (
    select
        cut_period, basis, scope_unit_code as unit_code,
        count(*) filter (
            problem_source_code = '2' and verified_on between year_start and as_of
        ) as verified
    from ({{ by_unit('rectifications', 'int_cur_rectifications') }})
    group by all
),

rounds as (
    select
        cut_period, basis, as_of, cast(inspection_round as varchar) as slice, issue_no,
        stat_on, due_on, claimed_on, coalesce(verified_on <= as_of, false) as is_verified
    from {{ ref('int_cur_rectifications') }}
    where problem_source_code = '14' and stat_on <= as_of
    union all
    select
        cut_period, basis, as_of, '', issue_no, stat_on, due_on, claimed_on,
        coalesce(verified_on <= as_of, false)
    from {{ ref('int_cur_rectifications') }}
    where problem_source_code = '14' and stat_on <= as_of
        and inspection_round = param('insp_round', as_of)
),

slices as (
    select cut_period, basis, slice from rounds
    union
    select cut_period, basis, '' from {{ ref('int_cuts') }}
),

inspected as (
    select
        s.cut_period, s.basis, s.slice,
        count(r.issue_no) as problems,
        count(*) filter (r.is_verified) as verified,
        count(*) filter (not r.is_verified and r.due_on < r.as_of) as overdue,
        count(*) filter (not r.is_verified and r.claimed_on <= r.as_of) as claimed
    from slices as s
    left join rounds as r using (cut_period, basis, slice)
    group by all
),

round_figures as (
    select
        cut_period, basis, 'QX00' as unit_code,
        unnest([
            {{ figure('insp_feedback_problem_cnt', 'problems', 'slice') }},
            {{ figure('insp_rectified_cnt', 'verified', 'slice') }},
            {{ figure('insp_rectified_cnt', 'claimed', "slice || ':claimed'") }},
            {{ figure('insp_rectify_rate', 'verified / nullif(problems, 0)', 'slice', 'verified',
                      'problems') }},
            {{ figure('insp_unrectified_cnt', 'problems - verified', 'slice') }},
            {{ figure('insp_overdue_cnt', 'overdue', 'slice') }}
        ]) as f
    from inspected
),

self_checked as (
    select
        c.cut_period, c.basis, 'QX00' as unit_code, 'self_check_problem_cnt' as indicator,
        '' as slice,
        case when c.as_of >= {{ campaign_start('EDU') }} then count(r.issue_no) end as value
    from {{ ref('int_cuts') }} as c
    left join {{ ref('int_cur_rectifications') }} as r
        on c.cut_period = r.cut_period and c.basis = r.basis
        and r.problem_source_code in ('51', '52')
        and r.stat_on between {{ campaign_start('EDU') }} and c.as_of
    group by c.cut_period, c.basis, c.as_of
)

select cut_period, basis, unit_code, f.*
from round_figures
where f.slice <> ':claimed'
union all by name
select
    cut_period, basis, unit_code, 'linked_sup_rectified_cnt' as indicator, '' as slice,
    verified as value, null as numerator, null as denominator, null as text_value
from linked
union all by name
select * from self_checked
