-- 标题：年度目标完成情况与时间进度
-- 用途：目标、完成率、差距和是否落后序时进度；指标一栏为空的一行是时间进度，供对照。
pivot (
    select
        figures.slice as target_indicator,
        figures.unit_code,
        figures.indicator,
        figures.value
    from marts.rpt_indicators as figures
    where
        figures.period = (select max(latest.period) from marts.rpt_indicators as latest)
        and figures.indicator in (
            'annual_target_value', 'annual_progress_rate', 'annual_target_gap',
            'behind_schedule_flag', 'schedule_progress_share'
        )
)
on indicator in (
    'annual_target_value', 'annual_progress_rate', 'annual_target_gap',
    'behind_schedule_flag', 'schedule_progress_share'
)
using first(value)
order by target_indicator, unit_code
