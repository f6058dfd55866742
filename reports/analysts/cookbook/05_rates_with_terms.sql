-- 标题：比率和它的分子、分母
-- 用途：引用百分比以前先看分母有多大。
select
    catalogue.no,
    catalogue.name_zh,
    figures.numerator,
    figures.denominator,
    figures.value as rate,
    catalogue.denominator as denominator_rule
from marts.rpt_indicators as figures
inner join marts.dim_indicator as catalogue using (indicator)
where
    figures.period = (select max(latest.period) from marts.rpt_indicators as latest)
    and figures.unit_code = 'QX00'
    and figures.slice = ''
    and figures.denominator > 0
order by catalogue.no
