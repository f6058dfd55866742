-- The year's targets under the units valid at the cut-off date: a successor's own target, else the
-- sum of its predecessors'; of rates and shares none, until it has one of its own (returns §2.5).
with rolled as (
    select
        t.cut_period, t.basis, t.as_of, t.indicator_id, t.target_value, t.direction_code,
        coalesce(u.rolled_up_unit_code, t.target_unit_code) as unit_code,
        coalesce(u.rolled_up_unit_code, t.target_unit_code) = t.target_unit_code as is_own,
        i.unit_of_measure = '%' as is_rate
    from {{ ref('int_cur_targets') }} as t
    inner join {{ ref('indicators') }} as i on t.indicator_id = i.indicator
    left join {{ ref('int_rolled_units') }} as u
        on t.cut_period = u.cut_period and t.target_unit_code = u.unit_code
)

select
    cut_period, basis, as_of, indicator_id, unit_code,
    coalesce(
        sum(cast(target_value as decimal(18, 4))) filter (is_own),
        sum(cast(target_value as decimal(18, 4))) filter (not is_rate)
    ) as target_value,
    min(direction_code) as direction_code
from rolled
group by cut_period, basis, as_of, indicator_id, unit_code
having target_value is not null
