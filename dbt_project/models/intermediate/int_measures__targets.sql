-- Targets of the year beside what has been reached of them; made from other figures, so their
-- status is that of the figure reached.
with figures_reached as (
    select * from {{ ref('int_figures') }}
    union all by name
    select * from {{ ref('int_measures__petition_change') }}
),

reached as (
    select
        t.cut_period, t.basis, t.as_of, t.indicator_id, t.unit_code, t.direction_code,
        cast(t.target_value as double) as target,
        f.value as actual,
        coalesce(f.status, 'na') as status,
        coalesce(f.unit_missing_count, 0) as unit_missing_count
    from {{ ref('int_targets') }} as t
    left join figures_reached as f
        on t.cut_period = f.cut_period and t.basis = f.basis and t.indicator_id = f.indicator
        and t.unit_code = f.unit_code and f.slice = ''
),

by_target as (
    select
        cut_period, basis, unit_code, status, unit_missing_count,
        unnest([
            {{ figure('annual_target_value', 'target', 'indicator_id') }},
            {{ figure('annual_progress_rate', 'actual / nullif(target, 0)', 'indicator_id',
                      'actual', 'target') }},
            {{ figure('annual_target_gap', 'target - actual', 'indicator_id') }},
            {{ figure('behind_schedule_flag',
                      "case when direction_code = '2' then actual > target"
                      ~ " else actual / nullif(target, 0) < month(as_of) / 12.0 end",
                      'indicator_id') }}
        ]) as f
    from reached
),

-- The bad loans recovered: one target, of the third office, shown for the district too.
loans as (
    select
        f.cut_period, f.basis, f.unit_code, f.status, f.unit_missing_count,
        f.value as recovered, cast(t.target_value as double) as target
    from {{ ref('int_figures') }} as f
    left join {{ ref('int_targets') }} as t
        on f.cut_period = t.cut_period and f.basis = t.basis
        and f.indicator = t.indicator_id and t.unit_code = 'OFF03'
    where f.indicator = 'npl_recovered_wan' and f.slice = ''
),

of_loans as (
    select
        cut_period, basis, unit_code, status, unit_missing_count,
        unnest([
            {{ figure('npl_target_wan', 'target') }},
            {{ figure('npl_completion_rate', 'recovered / nullif(target, 0)', "''", 'recovered',
                      'target') }},
            {{ figure('npl_gap_wan', 'target - recovered') }}
        ]) as f
    from loans
),

figures as (
    select cut_period, basis, unit_code, status, unit_missing_count, f.* from by_target
    union all
    select cut_period, basis, unit_code, status, unit_missing_count, f.* from of_loans
)

select
    cut_period, basis, indicator, unit_code, slice, value, numerator, denominator, text_value,
    case
        when indicator in ('annual_target_value', 'npl_target_wan')
            then case when value is null then 'na' else 'value' end
        when status = 'value' and value is null then 'na'
        else status
    end as status,
    unit_missing_count
from figures
