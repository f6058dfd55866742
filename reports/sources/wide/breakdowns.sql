-- Generated from queries/breakdowns.sql by `jijian render`: do not edit.
select rows.* from (select 1) as always left join (
-- Persons filed and punished by public level of rank, and the four forms, as printed: one row per
-- period, figure and part. A level of nobody is left out where the practice has it only for order.
select
    parts.period,
    parts.indicator,
    parts.part,
    case
        when parts.indicator = 'four_forms_cnt'
            then '第' || substr('一二三四', parts.part::integer, 1) || '种形态'
        when parts.part = '6' then '农村、企业等其他人员'
        else codes.label
    end as part_name,
    parts.value,
    case parts.status
        when 'value' then parts.value::bigint::text
        when 'na' then '不适用'
        when 'suppressed' then '不公开'
        else '未报'
    end as text,
    case
        when parts.status <> 'value' or parts.whole < limits.value then '—'
        else regexp_replace(format('{:.1f}', round(parts.share * 100, 1)), '\.0$', '') || '%'
    end as share_text,
    '/indicators/' || parts.indicator || '?period=' || parts.period || '&number='
    || parts.indicator || '@QX00/'
    || case parts.indicator
        when 'four_forms_cnt' then 'form:' when 'punished_person_cnt' then 'public:' else 'filed:'
    end
    || parts.part as page
from marts.rpt_breakdowns as parts
inner join marts.dim_period as periods on parts.period = periods.period
left join marts.dim_code as codes
    on codes.list = 'rank_level'
    and parts.part = codes.code
    and periods.ends_on >= codes.valid_from
    and periods.ends_on <= coalesce(codes.valid_to, date '9999-12-31')
left join marts.dim_parameter as limits
    on limits.name = 'rate_min_n'
    and periods.ends_on >= limits.valid_from
    and periods.ends_on <= coalesce(limits.valid_to, date '9999-12-31')
where parts.part <> '99' or parts.value > 0
order by parts.period, parts.indicator, parts.part
) as rows on true
