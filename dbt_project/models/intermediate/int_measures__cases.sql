-- Cases filed: per unit, group and for the district.
with scoped as ({{ by_unit('cases', 'int_cases') }}),

counted as (
    select
        s.cut_period, s.basis, s.scope_unit_code as unit_code,
        u.unit_type_code, u.ranking_group,
        count(*) filter (s.is_filed) as filed,
        count(*) filter (s.is_filed and s.origin_code = '1') as self_filed,
        count(*) filter (s.is_filed and s.has_discipline) as with_discipline,
        count(*) filter (s.is_filed and s.has_top_leader) as top_leader,
        count(*) filter (s.is_filed and s.has_duty_crime) as duty_crime,
        count(*) filter (s.is_filed and s.has_sponsor) as sponsored,
        count(*) filter (s.is_filed and s.is_joint) as joint,
        coalesce(sum(s.person_count), 0) as persons,
        coalesce(sum(s.young_person_count), 0) as young_persons,
        coalesce(sum(s.bribe_giver_count), 0) as bribe_givers,
        count(*) filter (
            s.is_filed and starts_with(s.rolled_up_unit_code, 'DIS')
        ) as dispatched_filed
    from scoped as s
    left join {{ ref('int_units_valid') }} as u
        on s.cut_period = u.cut_period and s.basis = u.basis and s.scope_unit_code = u.unit_code
    group by all
),

ranked as (
    select
        *,
        dense_rank() over (
            partition by cut_period, basis, ranking_group order by filed desc
        ) as case_rank
    from counted
),

figures as (
    select
        cut_period, basis, unit_code, unit_type_code, ranking_group,
        unnest([
            {{ figure('case_filed_cnt', 'filed') }},
            {{ figure('case_filed_person_cnt', 'persons') }},
            {{ figure('party_discipline_case_cnt', 'with_discipline') }},
            {{ figure('disp_case_filed_cnt', 'dispatched_filed') }},
            {{ figure('top_leader_case_cnt', 'top_leader') }},
            {{ figure('young_cadre_case_cnt', 'young_persons') }},
            {{ figure('duty_crime_case_cnt', 'duty_crime') }},
            {{ figure('leader_pack_case_cnt', 'sponsored') }},
            {{ figure('joint_case_cnt', 'joint') }},
            {{ figure('bribe_giver_case_cnt', 'bribe_givers') }},
            {{ figure('unit_case_filed_cnt', 'filed') }},
            {{ figure('case_rank_in_type', 'case_rank') }},
            {{ figure('self_case_cnt', 'self_filed') }},
            {{ figure('self_case_cnt_by_unit', 'self_filed') }},
            {{ rate('self_case_share', 'self_filed', 'filed') }}
        ]) as f
    from ranked
)

select cut_period, basis, unit_code, f.*
from figures
where case f.indicator
        when 'unit_case_filed_cnt' then unit_code <> 'QX00'
        when 'self_case_cnt_by_unit' then unit_code <> 'QX00'
        when 'case_rank_in_type' then ranking_group is not null
        when 'disp_case_filed_cnt' then unit_code = 'QX00' or unit_type_code = 'DIS'
        else true
    end
union all
select
    cut_period, basis, ranking_group, 'case_filed_cnt', '', sum(filed), null, null, null
from ranked
where ranking_group is not null
group by cut_period, basis, ranking_group
