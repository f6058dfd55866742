-- Most and fewest cases filed within each ranking group, one row per period and group.
select
    printed.period,
    case printed.unit_code
        when 'office' then '纪检监察室'
        when 'dispatched' then '派驻机构'
        when 'town' then '镇（街道）'
    end as group_name,
    max(printed.text) filter (printed.indicator like '%_case_max_cnt') as max_cnt,
    max(printed.text) filter (printed.indicator like '%_case_max_unit') as max_units,
    max(printed.text) filter (printed.indicator like '%_case_min_cnt') as min_cnt,
    max(printed.text) filter (printed.indicator like '%_case_min_unit') as min_units
from printed
where printed.unit_code in ('office', 'dispatched', 'town')
    and printed.indicator similar to '(town|office|disp)_case_(max|min)_(cnt|unit)'
group by all
order by printed.period, group_name
