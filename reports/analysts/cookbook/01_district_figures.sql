-- 标题：全区各指标的最新数字
-- 用途：查某个指标的数字和去年同期；状态不是 value 的没有数字。
select
    catalogue.no,
    catalogue.name_zh,
    figures.value,
    figures.text_value,
    figures.value_last_year,
    figures.change_rate,
    catalogue.unit_of_measure,
    figures.status
from marts.rpt_indicators as figures
inner join marts.dim_indicator as catalogue using (indicator)
where
    figures.period = (select max(latest.period) from marts.rpt_indicators as latest)
    and figures.unit_code = 'QX00'
    and figures.slice = ''
order by catalogue.no
