-- Transfers before the case was filed, or of a person whose case names no duty crime.
select
    {{ failing('transfers', 't.unit_code', 't.transfer_no',
               "concat_ws('、', t.case_no,"
               " case when t.transferred_on < least(c.party_filed_on, c.gov_filed_on)"
               " then '早于立案' end, case when not c.is_duty_crime then '未标职务犯罪' end)") }}
from {{ as_of_period('int_cur_transfers') }} as t
inner join {{ as_of_period('int_cur_cases') }} as c
    on t.case_no = c.case_no and t.person_key = c.person_key
where t.transferred_on < least(c.party_filed_on, c.gov_filed_on) or not c.is_duty_crime
