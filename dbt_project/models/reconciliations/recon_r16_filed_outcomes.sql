-- Leads whose outcome is a filed case and cases of those leads, where the one lacks the other.
with persons as (select distinct lead_no, person_key from {{ history('cases') }}),

leads as (
    select lead_no, bool_or(status_code = '60') as is_filed
    from {{ as_of_period('int_cur_leads') }}
    group by lead_no
)

select distinct {{ failing('leads', 'l.unit_code', 'l.lead_no', "'线索结果为立案，无对应案件'") }}
from {{ as_of_period('int_cur_leads') }} as l
anti join persons as c on l.lead_no = c.lead_no and l.person_key = c.person_key
where l.outcome_code = '1' and not {{ before_system('l.lead_no') }}
union all
select distinct
    {{ failing('cases', 'c.unit_code', 'c.case_no', "'所列线索的状态不是已立案'") }}
from {{ as_of_period('int_cur_cases') }} as c
inner join leads as l on c.lead_no = l.lead_no and not l.is_filed
where not {{ before_system('c.lead_no') }}
