-- Leads whose day of receipt is not the day the first handling unit signed for them.
select distinct
    {{ failing('leads', 'l.unit_code', 'l.lead_no',
               "concat_ws('，', '收到' || l.received_on, coalesce('签收' || r.signed_on, '未签收'))") }}
from {{ as_of_period('int_cur_leads') }} as l
inner join {{ as_of_period('int_cur_lead_register') }} as r on l.lead_no = r.lead_no
where l.received_on is distinct from r.signed_on
    and (
        coalesce(l.closed_stat_on >= l.year_start, true)
        or coalesce(r.closed_stat_on >= l.year_start, true)
    )
    and not starts_with(l.unit_code, 'GBJ')
    and not starts_with(coalesce(r.handling_unit_code, ''), 'GBJ')
