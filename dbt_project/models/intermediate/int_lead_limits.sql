-- The day by which a lead must be through: none once it lies by or is settled. And what stands now:
-- is an open lead past that day, is a verification of one long pending?
with limits as (
    select
        l.cut_period, l.basis, l.as_of, l.lead_no, l.is_open, d.method_code, d.approved_on,
        case
            when d.lead_no is null then l.due_on
            when d.extended_to_on is not null and d.method_code in ('1', '2') then d.extended_to_on
            when d.method_code = '1'
                then d.approved_on + cast(param('talk_days', l.as_of) as integer)
            when d.method_code = '2'
                then d.approved_on + cast(param('verify_days', l.as_of) as integer)
        end as limit_on
    from {{ ref('int_leads') }} as l
    left join {{ ref('int_disposals') }} as d
        on l.cut_period = d.cut_period and l.basis = d.basis and l.lead_no = d.lead_no
        and d.is_last
)

select
    cut_period, basis, lead_no, method_code, approved_on, limit_on,
    coalesce(is_open and limit_on < as_of, false) as is_overdue,
    coalesce(
        is_open and method_code = '2' and as_of - approved_on > param('long_pending_days', as_of),
        false
    ) as is_long_pending
from limits
