-- 标题：与去年同期相比变化最大的十项
-- 用途：找值得说明的增减；基数小于 10 的不列。
select
    catalogue.name_zh,
    figures.value_last_year,
    figures.value,
    figures.change,
    figures.change_rate
from marts.rpt_indicators as figures
inner join marts.dim_indicator as catalogue using (indicator)
where
    figures.period = (select max(latest.period) from marts.rpt_indicators as latest)
    and figures.unit_code = 'QX00'
    and figures.slice = ''
    and figures.value_last_year >= 10
    and figures.change_rate is not null
order by abs(figures.change_rate) desc, catalogue.no
limit 10
