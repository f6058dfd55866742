-- Persons punished by rank, one row per period and rank; ranks without anybody left out.
select
    printed.period,
    substr(printed.slice, 6) as rank_code,
    codes.label as rank_name,
    printed.value as person_cnt
from printed
inner join marts.dim_period as periods on printed.period = periods.period
left join marts.dim_code as codes
    on codes.list = 'rank_level'
    and codes.code = substr(printed.slice, 6)
    and periods.ends_on >= codes.valid_from
    and periods.ends_on <= coalesce(codes.valid_to, date '9999-12-31')
where printed.indicator = 'punished_person_cnt'
    and printed.unit_code = 'QX00'
    and printed.slice like 'rank:%'
    and printed.value > 0
order by printed.period, rank_code
