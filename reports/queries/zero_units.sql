-- Units that have handled no case of their own, by ranking group; unreported ones apart.
select
    printed.period,
    case printed.unit_code
        when 'QX00' then '全区'
        when 'office' then '纪检监察室'
        when 'dispatched' then '派驻机构'
        when 'town' then '镇（街道）'
    end as group_name,
    max(printed.text) filter (
        printed.indicator = 'zero_self_case_unit_cnt' and printed.slice = ''
    ) as unit_cnt,
    coalesce(nullif(max(printed.text_value) filter (printed.slice = ''), ''), '无') as unit_list,
    coalesce(
        nullif(max(printed.text_value) filter (printed.slice = 'unreported'), ''), '无'
    ) as unreported_list
from printed
where printed.indicator in ('zero_self_case_unit_cnt', 'zero_self_case_unit_list')
group by all
order by printed.period, group_name
