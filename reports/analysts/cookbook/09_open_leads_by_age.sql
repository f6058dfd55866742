-- 标题：各单位未办结线索按在手时长分档
-- 用途：看切片怎样用：同一指标的各档在 slice 里，le30 是 30 天以内，gt180 是 180 天以上。
select
    figures.unit_code,
    figures.slice as age_band,
    figures.value as lead_count
from marts.rpt_indicators as figures
where
    figures.period = (select max(latest.period) from marts.rpt_indicators as latest)
    and figures.indicator = 'lead_hold_days'
    and figures.slice in ('le30', '31_90', '91_180', 'gt180')
order by figures.unit_code, figures.slice
