-- 标题：处分处理按职级和类别
-- 用途：措施数和人数并列：一人可受几项措施。
select
    ranks.label as rank_name,
    kinds.label as kind_name,
    count(*) as measure_count,
    count(distinct punishments.person_key) filter (where punishments.is_person) as person_count
from marts.fct_punishments as punishments
inner join marts.dim_code as ranks
    on punishments.rank_code = ranks.code and ranks.list = 'rank_level'
inner join marts.dim_code as kinds
    on punishments.kind_code = kinds.code and kinds.list = 'handling_kind'
group by ranks.label, ranks.sort, kinds.label, kinds.sort
order by ranks.sort, kinds.sort
