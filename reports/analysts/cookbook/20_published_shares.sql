-- 标题：公开通报口径的分项占比
-- 用途：立案、处分等按职级、按形态的分项、总数和占比。
select
    catalogue.name_zh,
    parts.part,
    parts.value,
    parts.whole,
    parts.share
from marts.rpt_breakdowns as parts
inner join marts.dim_indicator as catalogue using (indicator)
where parts.period = (select max(latest.period) from marts.rpt_breakdowns as latest)
order by catalogue.no, parts.part
