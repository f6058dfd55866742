-- 标题：各单位处置方式构成
-- 用途：看哪个单位偏用一种处置方式。
select
    disposals.rolled_up_unit_code as unit_code,
    codes.label as method,
    count(*) as step_count,
    count(*) / sum(count(*)) over (partition by disposals.rolled_up_unit_code) as share
from marts.fct_lead_disposals as disposals
inner join marts.dim_code as codes
    on disposals.method_code = codes.code and codes.list = 'disposal_method'
group by disposals.rolled_up_unit_code, codes.label, codes.sort
order by unit_code, codes.sort
