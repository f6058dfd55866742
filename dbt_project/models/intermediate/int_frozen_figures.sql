-- Last year's figures as its last final release froze them, closed units rolled up.
-- What cannot be made from its parts (a median, a rank, a list) has no row then: it is computed.
select
    f.cut_period, f.indicator, f.slice,
    coalesce(u.rolled_up_unit_code, f.unit_code) as rolled_up_unit_code,
    case
        when count(*) = 1 then any_value(f.value)
        when count(f.denominator) > 0 then sum(f.numerator) / nullif(sum(f.denominator), 0)
        else sum(f.value order by f.unit_code)
    end as value
from {{ source('register', 'frozen_figures') }} as f
inner join {{ ref('indicators') }} as i on f.indicator = i.indicator
left join {{ ref('int_rolled_units') }} as u
    on f.cut_period = u.cut_period and f.unit_code = u.unit_code
group by all
having
    count(*) = 1 or count(f.denominator) > 0 or any_value(i.unit_of_measure) not in (
        '%', '0–1', '系数', '件/倍', '件/人', '次/人', '天', '名次', '名称', '名单', '是/否'
    )
