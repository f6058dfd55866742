-- 标题：涉案财物追缴按种类
-- 用途：笔数和金额（万元）。
select
    codes.label as kind_name,
    count(*) as entry_count,
    sum(recoveries.amount_wan) as amount_wan
from marts.fct_recoveries as recoveries
inner join marts.dim_code as codes
    on recoveries.kind_code = codes.code and codes.list = 'recovery_kind'
group by codes.label, codes.sort
order by codes.sort
