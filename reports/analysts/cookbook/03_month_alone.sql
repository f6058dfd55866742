-- 标题：由本年累计数推出单月立案数
-- 用途：相邻两月相减；一月份就是累计数本身。
select
    figures.period,
    figures.value as ytd_value,
    figures.value - coalesce(
        lag(figures.value) over (partition by figures.period[1:4] order by figures.period), 0
    ) as month_value
from marts.rpt_indicators as figures
where figures.indicator = 'case_filed_cnt' and figures.unit_code = 'QX00' and figures.slice = ''
order by figures.period
