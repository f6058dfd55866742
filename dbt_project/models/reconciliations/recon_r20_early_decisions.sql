-- Punishments decided before the case was filed or before its trial was closed.
select
    {{ failing('punishments', 'p.unit_code', 'p.punish_no',
               "concat_ws('、', p.case_no,"
               " case when p.decided_on < least(c.party_filed_on, c.gov_filed_on) then '早于立案' end,"
               " case when p.decided_on < c.trial_closed_on then '早于审结' end)") }}
from {{ as_of_period('int_cur_punishments') }} as p
inner join {{ as_of_period('int_cur_cases') }} as c
    on p.case_no = c.case_no and p.person_key = c.person_key
where p.kind_code in ('1', '2')
    and not {{ before_system('p.case_no') }}
    and (
        p.decided_on < least(c.party_filed_on, c.gov_filed_on)
        or (c.origin_code <> '3' and p.decided_on < c.trial_closed_on)
    )
