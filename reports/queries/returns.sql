-- Who owes what: one row per period, unit and form owed; — where nothing was received.
select
    returns.period,
    strftime(periods.due_on, '%Y年%-m月%-d日') as due_on_text,
    returns.unit_code,
    units_listed.printed_name as short_name,
    units_listed.sort::integer as unit_sort,
    coalesce(forms.title, returns.form) as form_name,
    returns.status,
    case
        when returns.version is null then '—' when returns.is_nil then '是' else '否'
    end as nil_text,
    coalesce(returns.version::integer::text, '—') as version_text,
    coalesce(strftime(returns.received_at, '%Y-%m-%d %H:%M'), '—') as received_at_text,
    coalesce(returns.row_count::integer::text, '—') as row_count_text,
    coalesce(returns.late_day_count, 0)::integer::text as late_day_count_text
from marts.rpt_returns as returns
inner join marts.dim_period as periods on returns.period = periods.period
inner join units_listed
    on returns.unit_code = units_listed.unit_code and returns.period = units_listed.period
left join about.forms as forms on returns.form = forms.form
order by returns.period, unit_sort, form_name
