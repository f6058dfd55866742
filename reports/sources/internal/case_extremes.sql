-- Generated from queries/case_extremes.sql by `jijian render`: do not edit.
-- Most and fewest cases filed within each ranking group, one row per period and group.
select
    i.period,
    case i.unit_code
        when 'office' then '纪检监察室'
        when 'dispatched' then '派驻机构'
        when 'town' then '镇（街道）'
    end as group_name,
    max(i.value) filter (i.indicator like '%_case_max_cnt') as max_cnt,
    max(i.text_value) filter (i.indicator like '%_case_max_unit') as max_units,
    max(i.value) filter (i.indicator like '%_case_min_cnt') as min_cnt,
    max(i.text_value) filter (i.indicator like '%_case_min_unit') as min_units,
from marts.rpt_indicators as i
where i.unit_code in ('office', 'dispatched', 'town')
    and i.indicator similar to '(town|office|disp)_case_(max|min)_(cnt|unit)'
group by all
order by i.period, group_name
