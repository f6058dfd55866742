-- 标题：各单位立案数和同类排名
-- 用途：同类单位之间比较；未报单位的排名不可用。
with period_now as (
    select max(periods.period) as period
    from marts.rpt_indicators as periods
)

select
    units.ranking_group,
    units.short_name,
    cases.value as case_count,
    ranks.value as rank_in_group
from marts.rpt_indicators as cases
inner join period_now using (period)
inner join marts.dim_period as months using (period)
inner join marts.dim_unit as units
    on
    cases.unit_code = units.unit_code
    and months.ends_on between units.valid_from and coalesce(units.valid_to, months.ends_on)
left join marts.rpt_indicators as ranks
    on
    cases.period = ranks.period
    and cases.unit_code = ranks.unit_code
    and ranks.indicator = 'case_rank_in_type'
    and ranks.slice = ''
where cases.indicator = 'case_filed_cnt' and cases.slice = '' and units.ranking_group is not null
order by units.ranking_group asc, case_count desc, units.sort asc
