-- Generated from queries/standing.sql by `jijian render`: do not edit.
select rows.* from (select 1) as always left join (
-- One row: what the release is, and its standing.
with latest as (
    select max(figures.period) as period
    from marts.rpt_indicators as figures
)

select
    latest.period,
    strftime(periods.ends_on, '%Y年%-m月%-d日') as ends_on_text,
    strftime(release.as_of, '%Y年%-m月%-d日%H:%M') as as_of_text,
    case when release.is_provisional then '初步数' else '正式数' end as standing_text,
    release.is_provisional,
    release.release as release_id
from about.release as release
cross join latest
left join marts.dim_period as periods on latest.period = periods.period
) as rows on true
