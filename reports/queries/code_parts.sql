-- Leads by source and by first method, persons filed by discipline: one row per period, unit,
-- figure and part. The discipline is not given where only a duty violation or crime is in question.
select
    parts.period,
    parts.unit_code,
    parts.indicator,
    parts.code,
    coalesce(codes.sort::integer, 99) as part_sort,
    case parts.code when '' then '未涉违反纪律' else codes.label end as part_name,
    parts.value,
    case parts.status
        when 'value' then parts.value::bigint::text
        when 'suppressed' then '不公开'
        when 'na' then '不适用'
        else '未报'
    end as text
from marts.rpt_parts as parts
inner join marts.dim_period as periods on parts.period = periods.period
left join marts.dim_code as codes
    on parts.list = codes.list
    and parts.code = codes.code
    and periods.ends_on >= codes.valid_from
    and periods.ends_on <= coalesce(codes.valid_to, date '9999-12-31')
order by parts.period, parts.unit_code, parts.indicator, part_sort
