-- Generated from queries/four_forms.sql by `jijian render`: do not edit.
-- Persons criticised, educated and handled under the four forms, one row per period and form.
select
    i.period,
    p.starts_on as month_on,
    i.slice as form_code,
    case i.slice
        when '1' then '第一种形态'
        when '2' then '第二种形态'
        when '3' then '第三种形态'
        when '4' then '第四种形态'
    end as form_name,
    i.value as person_time_cnt,
    i.value_last_year as person_time_cnt_ly,
from marts.rpt_indicators as i
left join marts.dim_period as p on p.period = i.period
where i.indicator = 'four_forms_cnt' and i.unit_code = 'QX00' and i.slice <> ''
order by i.period, form_code
