-- Returns that were owed and not accepted: never handed in, or returned and not replaced.
select
    returns.period,
    returns.unit_code,
    returns.form,
    returns.status
from marts.rpt_returns as returns
where returns.status in ('未报', '退回')
order by returns.period, returns.unit_code, returns.form
