-- Failing rows of R06, R07 and R08: where the register of leads and the units' ledgers differ.
with register as (
    select
        r.* exclude (rolled_up_unit_code), -- noqa: RF02
        u.rolled_up_unit_code
    from {{ ref('int_cur_lead_register') }} as r
    left join {{ ref('int_rolled_units') }} as u
        on r.cut_period = u.cut_period and r.handling_unit_code = u.unit_code
),

paired as (
    select
        l.cut_period, l.basis, l.as_of, l.year_start, l.lead_no, l.rolled_up_unit_code,
        unnest([
            l.source_code is distinct from r.source_code,
            l.rolled_up_unit_code is distinct from r.rolled_up_unit_code,
            l.person_count is distinct from r.person_count,
            l.is_duplicate is distinct from r.is_duplicate,
            l.status_code is distinct from r.status_code,
            l.closed_on is distinct from r.closed_on,
            l.outcome_code is distinct from r.outcome_code
        ]) as differs
    from {{ ref('int_ledger_leads') }} as l
    inner join register as r
        on l.cut_period = r.cut_period and l.basis = r.basis and l.lead_no = r.lead_no
    where coalesce(l.closed_stat_on >= l.year_start, true)
        or coalesce(r.closed_stat_on >= l.year_start, true)
),

conflicts as (
    select l.cut_period, l.basis, l.as_of, l.year_start, l.lead_no, l.rolled_up_unit_code
    from {{ ref('int_ledger_leads') }} as l
    anti join register as r
        on l.cut_period = r.cut_period and l.basis = r.basis and l.lead_no = r.lead_no
    where coalesce(l.closed_stat_on >= l.year_start, true)
    union all
    select r.cut_period, r.basis, r.as_of, r.year_start, r.lead_no, r.rolled_up_unit_code
    from register as r
    anti join {{ ref('int_ledger_leads') }} as l
        on r.cut_period = l.cut_period and r.basis = l.basis and r.lead_no = l.lead_no
    where r.signed_on <= r.as_of and coalesce(r.closed_stat_on >= r.year_start, true)
    union all
    select * exclude (differs)
    from paired
    where differs
)

select *
from conflicts
where rolled_up_unit_code is distinct from 'GBJ01'
