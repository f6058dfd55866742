-- The target of each year, figure and unit beside its progress: a figure that is not to fall short
-- has a rate of completion, one that is not to be exceeded only stands above or below. A rate does
-- not grow with the year: short of its target it is so, though not behind schedule (indicator 230).
with directions as (
    select distinct
        left(period, 4) as year,
        indicator_id,
        target_unit_code,
        direction_code
    from marts.fct_targets
),

stated as (
    select
        printed.period,
        printed.unit_code,
        printed.slice as indicator,
        max(printed.text) filter (printed.indicator = 'annual_target_value') as target_text,
        max(printed.cell) filter (printed.indicator = 'annual_target_value') as target_cell,
        max(printed.text) filter (printed.indicator = 'annual_progress_rate') as progress_text,
        max(printed.cell) filter (printed.indicator = 'annual_progress_rate') as progress_cell,
        max(printed.value) filter (printed.indicator = 'annual_progress_rate') as progress,
        max(printed.cell) filter (printed.indicator = 'annual_target_gap') as gap_cell,
        max(printed.value) filter (printed.indicator = 'behind_schedule_flag') as flag
    from printed
    where printed.indicator in (
            'annual_target_value',
            'annual_progress_rate',
            'annual_target_gap',
            'behind_schedule_flag'
        )
    group by all
),

directed as (
    select
        stated.*,
        coalesce(max(directions.direction_code), '1') = '2' as is_ceiling,
        coalesce(max(indicators.unit_of_measure), '') = '%' as is_rate
    from stated
    left join marts.dim_indicator as indicators on stated.indicator = indicators.indicator
    left join directions
        on left(stated.period, 4) = directions.year
        and stated.indicator = directions.indicator_id
        and stated.unit_code = directions.target_unit_code
    group by all
)

select
    period,
    unit_code,
    indicator,
    is_ceiling,
    case when is_ceiling then '不高于' else '不低于' end as direction_text,
    target_text,
    target_cell,
    case when is_ceiling then '—' else progress_text end as progress_text,
    case when is_ceiling then '—' else progress_cell end as progress_cell,
    case when not is_ceiling then progress end as progress,
    case when is_rate then replace(gap_cell, '%', '个百分点') else gap_cell end as gap_cell,
    case
        when flag is null then '—'
        when is_ceiling then case flag when 1 then '已超过' else '未超过' end
        when is_rate and flag = 0 then case when progress < 1 then '未达目标' else '达到目标' end
        else case flag when 1 then '落后序时' else '达到序时' end
    end as standing_text
from directed
order by period, unit_code, indicator
