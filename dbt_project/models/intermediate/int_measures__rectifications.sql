-- Problems found and put right: joint supervision per unit, the inspection rounds for the district.
with per_unit as (
    select
        cut_period, basis, as_of, scope_unit_code as unit_code,
        count(*) filter (
            problem_source_code = '2' and verified_on between year_start and as_of
        ) as linked_verified,
        count(*) filter (stat_on between year_start and as_of) as found,
        count(*) filter (stat_on between year_start and as_of and lead_no is not null)
            as found_to_leads,
        count(*) filter (
            problem_source_code in ('51', '52')
            and stat_on between {{ campaign_start('EDU') }} and as_of
        ) as self_checked,
        count(*) filter (
            problem_source_code in ('51', '52', '6')
            and stat_on between {{ campaign_start('EDU') }} and as_of
        ) as education,
        count(*) filter (
            problem_source_code in ('51', '52', '6') and verified_on <= as_of
            and stat_on between {{ campaign_start('EDU') }} and as_of
        ) as education_verified,
        count(*) filter (problem_source_code = '12' and stat_on <= as_of) as provincial,
        count(*) filter (problem_source_code = '12' and stat_on <= as_of and verified_on <= as_of)
            as provincial_verified
    from ({{ by_unit('rectifications', 'int_cur_rectifications') }})
    group by all
),

unit_figures as (
    select
        cut_period, basis, unit_code,
        unnest([
            {{ figure('linked_sup_rectified_cnt', 'linked_verified') }},
            {{ figure('self_check_problem_cnt', since('EDU', 'self_checked')) }},
            {{ rate('inspection_to_lead_rate', 'found_to_leads', 'found') }},
            {{ rate('prov_insp_feedback_rate', 'provincial_verified', 'provincial') }},
            {{ figure('edu_rectify_ledger_cnt', since('EDU', 'self_checked')) }},
            {{ rate('edu_rectify_rate', since('EDU', 'education_verified'),
                    since('EDU', 'education')) }}
        ]) as f
    from per_unit
),

rounds as (
    select
        cut_period, basis, as_of, cast(inspection_round as varchar) as slice, issue_no,
        claimed_on, is_verified, is_overdue
    from {{ ref('int_rectifications') }}
    where problem_source_code = '14' and stat_on <= as_of
    union all
    select cut_period, basis, as_of, '', issue_no, claimed_on, is_verified, is_overdue
    from {{ ref('int_rectifications') }}
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
        count(*) filter (r.is_overdue) as overdue,
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
)

select cut_period, basis, unit_code, f.*
from round_figures
where f.slice <> ':claimed'
union all
select cut_period, basis, unit_code, f.* from unit_figures
