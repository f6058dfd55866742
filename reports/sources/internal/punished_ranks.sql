-- Generated from queries/punished_ranks.sql by `jijian render`: do not edit.
-- Persons punished by rank, one row per period and rank; ranks without anybody left out.
select
    i.period,
    p.starts_on as month_on,
    substr(i.slice, 6) as rank_code,
    case substr(i.slice, 6)
        when '10' then '省部级'
        when '20' then '厅局级'
        when '31' then '县处级正职'
        when '32' then '县处级副职'
        when '41' then '乡科级正职'
        when '42' then '乡科级副职'
        when '50' then '一般干部'
        when '61' then '农村社区人员'
        when '62' then '企业人员'
        when '63' then '事业单位专业技术人员'
        when '64' then '其他身份人员'
        else '不适用'
    end as rank_name,
    i.value as person_cnt,
from marts.rpt_indicators as i
left join marts.dim_period as p on p.period = i.period
where i.indicator = 'punished_person_cnt'
    and i.unit_code = 'QX00'
    and i.slice like 'rank:%'
    and i.value > 0
order by i.period, rank_code
