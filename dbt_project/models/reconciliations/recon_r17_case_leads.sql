-- Cases whose lead nobody has stated, was received after the filing, or has another source.
with leads as (
    select lead_no, min(received_on) as received_on, any_value(source_code) as source_code
    from {{ as_of_period('int_cur_leads') }}
    group by lead_no
),

paired as (
    select
        c.case_no, c.unit_code,
        coalesce(least(c.closed_on, c.withdrawn_on) >= c.year_start, true) as is_listed,
        unnest([
            {what: '来源线索无台账记录', severity: 'error', fails: l.lead_no is null},
            {
                what: '立案早于线索收到日期', severity: 'error',
                fails: coalesce(least(c.party_filed_on, c.gov_filed_on) < l.received_on, false)
            },
            {
                what: '案件来源与线索来源不一致', severity: 'warning',
                fails: l.lead_no is not null and c.source_code is distinct from l.source_code
            }
        ]) as compared
    from {{ as_of_period('int_cur_cases') }} as c
    left join leads as l on c.lead_no = l.lead_no
    where c.lead_no is not null and not {{ before_system('c.lead_no') }}
)

select distinct
    {{ failing('cases', 'unit_code', 'case_no', 'compared.what') }},
    compared.severity
from paired
where compared.fails and (compared.severity = 'error' or is_listed)
