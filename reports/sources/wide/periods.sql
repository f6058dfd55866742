-- Generated from queries/periods.sql by `jijian render`: do not edit.
select rows.* from (select 1) as always left join (
-- The periods that the release holds, the newest first, with the span that a year's figures have.
select
    periods.period,
    strftime(periods.ends_on, '%Y年%-m月%-d日') as ends_on_text,
    case month(periods.ends_on)
        when 1 then strftime(periods.ends_on, '%Y年1月')
        else strftime(periods.ends_on, '%Y年1－%-m月')
    end as span_text,
    strftime(periods.starts_on, '%Y年%-m月') as month_text,
    strftime(periods.due_on, '%Y年%-m月%-d日') as due_on_text
from marts.dim_period as periods
where periods.period in (select figures.period from marts.rpt_indicators as figures)
order by periods.period desc
) as rows on true
