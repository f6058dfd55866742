-- 标题：立案数逐月走势
-- 用途：看一个指标各月的本年累计数；换掉指标名即可看别的。
select
    figures.period,
    figures.value,
    figures.value_last_year,
    figures.unit_missing_count
from marts.rpt_indicators as figures
where figures.indicator = 'case_filed_cnt' and figures.unit_code = 'QX00' and figures.slice = ''
order by figures.period
