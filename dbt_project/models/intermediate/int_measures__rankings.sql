-- Cases filed compared within a ranking group: most, fewest, spread, and the units with none.
with units as (
    select
        s.cut_period, s.basis, s.unit_code, s.ranking_group, s.is_missing, u.short_name, u.sort,
        count(*) filter (c.is_filed) as filed,
        count(*) filter (c.is_filed and c.origin_code = '1') as self_filed
    from {{ ref('int_scope') }} as s
    inner join {{ ref('int_units_valid') }} as u
        on s.cut_period = u.cut_period and s.basis = u.basis and s.unit_code = u.unit_code
    left join {{ ref('int_cases') }} as c
        on s.cut_period = c.cut_period and s.basis = c.basis
        and s.unit_code = c.rolled_up_unit_code
    where s.form = 'cases' and s.ranking_group is not null
    group by all
),

-- Who has not reported and stands at zero is not compared; the group keeps its row all the same.
compared as (
    select
        * exclude (filed, self_filed),
        case when not (is_missing and filed = 0) then filed end as filed
    from units
),

extremes as (
    select
        *,
        max(filed) over (partition by cut_period, basis, ranking_group) as most,
        min(filed) over (partition by cut_period, basis, ranking_group) as fewest
    from compared
),

groups as (
    select
        cut_period, basis, ranking_group,
        case ranking_group when 'dispatched' then 'disp' else ranking_group end as stem,
        any_value(most) as most,
        any_value(fewest) as fewest,
        string_agg(short_name, '、' order by sort) filter (filed = most) as most_units,
        string_agg(short_name, '、' order by sort) filter (filed = fewest) as fewest_units,
        -- In whole numbers, so that the order of the rows never changes the last digit.
        sqrt(count(filed) * sum(filed * filed) - sum(filed) * sum(filed))
        / nullif(cast(sum(filed) as double), 0) as variation
    from extremes
    group by all
),

group_figures as (
    select
        cut_period, basis, ranking_group as unit_code,
        unnest([
            {
                indicator: stem || '_case_max_cnt', slice: '', value: cast(most as double),
                numerator: cast(null as double), denominator: cast(null as double),
                text_value: cast(null as varchar)
            },
            {
                indicator: stem || '_case_max_unit', slice: '', value: null,
                numerator: null, denominator: null, text_value: most_units
            },
            {
                indicator: stem || '_case_min_cnt', slice: '', value: cast(fewest as double),
                numerator: null, denominator: null, text_value: null
            },
            {
                indicator: stem || '_case_min_unit', slice: '', value: null,
                numerator: null, denominator: null, text_value: fewest_units
            },
            {{ figure('case_gap_max_min', 'most - fewest', "'diff'") }},
            {{ figure('case_gap_max_min', 'most / nullif(cast(fewest as double), 0)', "'ratio'",
                      'most', 'fewest') }},
            {{ figure('case_imbalance_cv', 'variation') }}
        ]) as f
    from groups
),

listed as (
    select
        cut_period, basis, short_name, sort, is_missing, filed, self_filed,
        unnest([ranking_group, 'QX00']) as unit_code
    from units
),

none as (
    select
        cut_period, basis, unit_code,
        count(*) filter (self_filed = 0 and not is_missing) as no_self,
        string_agg(short_name, '、' order by sort) filter (
            self_filed = 0 and not is_missing
        ) as no_self_units,
        count(*) filter (self_filed = 0 and is_missing) as unreported,
        string_agg(short_name, '、' order by sort) filter (
            self_filed = 0 and is_missing
        ) as unreported_units,
        count(*) filter (filed = 0 and not is_missing) as no_case
    from listed
    group by all
),

none_figures as (
    select
        cut_period, basis, unit_code,
        unnest([
            {{ figure('zero_self_case_unit_cnt', 'no_self') }},
            {{ figure('zero_self_case_unit_cnt', 'unreported', "'unreported'") }},
            {{ figure('zero_self_case_unit_list', 'null', text="coalesce(no_self_units, '')") }},
            {{ figure('zero_self_case_unit_list', 'null', "'unreported'",
                      text="coalesce(unreported_units, '')") }},
            {{ figure('zero_case_unit_cnt', 'no_case') }}
        ]) as f
    from none
)

select cut_period, basis, unit_code, f.* from group_figures
union all
select cut_period, basis, unit_code, f.* from none_figures
