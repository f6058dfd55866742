-- 标题：受理线索按来源分布
-- 用途：今年受理、不含重复件的线索，按来源计条数和人次。
select
    codes.label as source,
    count(distinct leads.lead_no) as lead_count,
    count(*) as person_row_count
from marts.fct_leads as leads
inner join marts.dim_code as codes on leads.source_code = codes.code and codes.list = 'lead_source'
where
    not leads.is_duplicate
    and year(leads.stat_on)
    = (select max(latest.period[1:4])::int from marts.rpt_indicators as latest)
group by codes.label, codes.sort
order by lead_count desc, codes.sort asc
