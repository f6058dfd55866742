-- Who owes what: one row per period, unit and form owed.
select
    r.period,
    p.starts_on as month_on,
    p.due_on,
    r.unit_code,
    u.short_name,
    u.sort::integer as unit_sort,
    r.form,
    case r.form
        when 'leads' then '问题线索台账'
        when 'disposals' then '线索处置台账'
        when 'lead_register' then '案管室线索登记台账'
        when 'disposal_filings' then '处置方式报备台账'
        when 'cases' then '立案台账'
        when 'punishments' then '处分处理台账'
        when 'rectifications' then '问题整改台账'
        when 'activities' then '工作情况统计月报'
        else r.form
    end as form_name,
    r.status,
    case when r.is_nil then '零报告' else '' end as nil_text,
    r.version::integer as version,
    r.received_at,
    r.late_day_count::integer as late_day_count,
    r.row_count::integer as row_count,
from marts.rpt_returns as r
left join marts.dim_period as p on p.period = r.period
left join marts.dim_unit as u
    on u.unit_code = r.unit_code
    and p.ends_on >= u.valid_from
    and p.ends_on <= coalesce(u.valid_to, date '9999-12-31')
order by r.period, unit_sort, r.form
