-- Generated from queries/periods.sql by `jijian render`: do not edit.
-- The periods that the release holds, the newest first.
select
    p.period,
    p.starts_on as month_on,
    p.ends_on,
    strftime(p.ends_on, '%Y年%-m月%-d日') as ends_on_text,
    p.due_on,
    p.closes_on,
    row_number() over (order by p.period desc) = 1 as is_latest,
from marts.dim_period as p
where p.period in (select i.period from marts.rpt_indicators as i)
order by p.period desc
