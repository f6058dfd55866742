-- Two unrevoked party, or two unrevoked government, punishments of one person in one case.
select
    {{ failing('punishments', 'min(unit_code)', 'min(punish_no)',
               "case_no || '：' || string_agg(punish_no, ' ' order by punish_no)") }}
from {{ as_of_period('int_cur_punishments') }}
where kind_code in ('1', '2') and coalesce(revoked_on > as_of, true)
group by case_no, person_key, kind_code
having count(*) > 1
