-- Generated from queries/return_counts.sql by `jijian render`: do not edit.
select rows.* from (select 1) as always left join (
-- Returns by standing, of each form and of all (form_name 合计): one row per period, form, standing.
select
    returns.period,
    case grouping(returns.form) when 1 then '合计' else coalesce(min(forms.title), '') end
        as form_name,
    returns.status,
    count(*)::integer as return_cnt
from marts.rpt_returns as returns
left join about.forms as forms on returns.form = forms.form
group by
    grouping sets (
        (returns.period, returns.form, returns.status), (returns.period, returns.status)
    )
order by returns.period, form_name, returns.status
) as rows on true
