-- How many returns were owed and what became of them, one row per period.
select
    returns.period,
    count(*) as owed_cnt,
    count(distinct returns.unit_code) as unit_cnt,
    count(*) filter (where returns.version is not null) as accepted_cnt,
    count(*) filter (where returns.status = '未报') as missing_cnt,
    count(*) filter (where returns.status = '退回') as returned_cnt,
    count(*) filter (where returns.version is not null and returns.late_day_count > 0) as late_cnt
from marts.rpt_returns as returns
group by returns.period
order by returns.period
