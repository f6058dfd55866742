-- 标题：信访举报按渠道和类别
-- 用途：件次，检举控告单列。
select
    codes.label as channel,
    count(*) as petition_count,
    count(*) filter (where petitions.class_code = '1') as accusation_count,
    count(petitions.lead_no) as turned_lead_count
from marts.fct_petitions as petitions
inner join marts.dim_code as codes
    on petitions.channel_code = codes.code and codes.list = 'petition_channel'
group by codes.label, codes.sort
order by petition_count desc, codes.sort asc
