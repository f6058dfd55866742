-- Persons punished by rank, one row per period and rank; ranks without anybody left out.
select
    i.period,
    p.starts_on as month_on,
    substr(i.slice, 6) as rank_code,
    c.label as rank_name,
    i.value as person_cnt,
from marts.rpt_indicators as i
left join marts.dim_period as p on p.period = i.period
left join marts.dim_code as c
    on c.list = 'rank_level'
    and c.code = substr(i.slice, 6)
    and p.ends_on >= c.valid_from
    and p.ends_on <= coalesce(c.valid_to, date '9999-12-31')
where i.indicator = 'punished_person_cnt'
    and i.unit_code = 'QX00'
    and i.slice like 'rank:%'
    and i.value > 0
order by i.period, rank_code
