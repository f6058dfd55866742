-- Generated from queries/four_forms.sql by `jijian render`: do not edit.
-- Persons criticised, educated and handled under the four forms, one row per period and form.
select
    i.period,
    p.starts_on as month_on,
    i.slice as form_code,
    c.label as form_name,
    i.value as person_time_cnt,
    i.value_last_year as person_time_cnt_ly,
from marts.rpt_indicators as i
left join marts.dim_period as p on p.period = i.period
left join marts.dim_code as c
    on c.list = 'four_forms'
    and c.code = i.slice
    and p.ends_on >= c.valid_from
    and p.ends_on <= coalesce(c.valid_to, date '9999-12-31')
where i.indicator = 'four_forms_cnt' and i.unit_code = 'QX00' and i.slice <> ''
order by i.period, form_code
