-- Party punishments in cases the commission has not filed, government ones likewise.
select
    {{ failing('punishments', 'p.unit_code', 'p.punish_no',
               "c.case_no || case p.kind_code when '1' then ' 无纪委立案' else ' 无监委立案' end") }}
from {{ listed('punishments') }} as p
inner join {{ as_of_period('int_cur_cases') }} as c
    on p.case_no = c.case_no and p.person_key = c.person_key
where (p.kind_code = '1' and c.filing_kind_code not in ('1', '3', '4'))
    or (p.kind_code = '2' and c.filing_kind_code not in ('2', '3', '4'))
