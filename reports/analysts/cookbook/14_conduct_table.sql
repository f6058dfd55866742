-- 标题：八项规定精神问题：类型与级别
-- 用途：公开通报的表式；类型、级别为空的是合计。
select
    levels.type_code,
    levels.level_code,
    levels.problem_count,
    levels.person_count,
    levels.punished_count,
    levels.problem_share
from marts.rpt_conduct_levels as levels
where
    levels.unit_code = 'QX00'
    and levels.period = (select max(latest.period) from marts.rpt_conduct_levels as latest)
order by levels.type_code, levels.level_code
