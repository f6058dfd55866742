-- 标题：期末时点指标与上月相比变化最大的十项
-- 用途：看存量一个月里怎样变；累计指标不宜这样比，所以只取时点指标。
with figures as (
    select
        months.indicator,
        months.period,
        months.value,
        lag(months.value)
            over (partition by months.indicator order by months.period)
            as value_before
    from marts.rpt_indicators as months
    where months.unit_code = 'QX00' and months.slice = '' and months.status = 'value'
)

select
    catalogue.name_zh,
    figures.value_before,
    figures.value,
    figures.value - figures.value_before as change,
    catalogue.unit_of_measure
from figures
inner join marts.dim_indicator as catalogue using (indicator)
where
    figures.period = (select max(latest.period) from marts.rpt_indicators as latest)
    and catalogue."window" = 'PIT'
    and figures.value_before is not null
order by abs(change) desc, catalogue.no asc
limit 10
