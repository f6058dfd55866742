-- Generated from queries/standing.sql by `jijian render`: do not edit.
-- One row: the cut-off date, and whether the release is provisional (it has open E findings).
with latest as (
    select max(i.period) as period,
    from marts.rpt_indicators as i
),

open_errors as (
    select count(*)::integer as error_cnt,
    from marts.rpt_findings as f
    where f.severity = 'error' and not coalesce(f.is_waived, false)
)

select
    latest.period,
    p.ends_on,
    strftime(p.ends_on, '%Y年%-m月%-d日') as ends_on_text,
    open_errors.error_cnt,
    case when open_errors.error_cnt > 0 then '初步数' else '正式数' end as standing_text,
from latest
left join marts.dim_period as p on p.period = latest.period
cross join open_errors
