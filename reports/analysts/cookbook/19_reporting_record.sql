-- 标题：各单位报送记录
-- 用途：应报、按时、迟报次数和平均迟报天数。
select
    returns.unit_code,
    count(*) as owed_count,
    count(*) filter (where returns.status = '按时') as on_time_count,
    count(*) filter (where returns.status = '迟报') as late_count,
    avg(returns.late_day_count) filter (
        where returns.version is not null and returns.late_day_count > 0
    ) as mean_late_day_count
from marts.rpt_returns as returns
group by returns.unit_code
order by late_count desc, returns.unit_code asc
