-- Where each unit of a ranking group stands among its group in the released period, figure by
-- figure: the place counted from the highest value, ties alike. Units that have not reported, and
-- rates of a small denominator, stand outside.
with figures as (
    select
        f.period, f.indicator, f.unit_code, u.ranking_group, f.value
    from {{ ref('rpt_indicators') }} as f
    inner join {{ ref('calendar') }} as c on f.period = c.period
    inner join {{ ref('indicators') }} as i on f.indicator = i.indicator
    inner join {{ as_of_period('int_units_valid') }} as u on f.unit_code = u.unit_code
    where f.period = '{{ var("period") }}' and f.slice = '' and f.status = 'value'
        and f.value is not null and u.ranking_group is not null and f.unit_missing_count = 0
        and coalesce(
            i.unit_of_measure <> '%' or f.denominator >= param('rate_min_n', c.ends_on), true
        )
)

select
    period, indicator, unit_code, ranking_group,
    cast(count(*) over wide as integer) as unit_count,
    cast(rank() over (partition by indicator, ranking_group order by value desc) as integer)
        as place,
    min(value) over wide as lowest,
    quantile_cont(value, 0.25) over wide as lower_quartile,
    quantile_cont(value, 0.5) over wide as median,
    quantile_cont(value, 0.75) over wide as upper_quartile,
    max(value) over wide as highest
from figures
window wide as (partition by indicator, ranking_group)
