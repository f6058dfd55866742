select
    f.indicator,
    f.cut_period as period,
    f.unit_code,
    f.slice,
    f.value,
    f.text_value,
    f.numerator,
    f.denominator,
    f.value_last_year,
    f.value_last_year is not null and f.is_last_year_computed as is_last_year_computed,
    -- Lateral: both null unless both years have a value; ratios change in points only.
    f.value - f.value_last_year as change,
    case when i.unit_of_measure not in ('%', '0–1', '系数', '件/倍')
            then change / nullif(f.value_last_year, 0)
    end as change_rate,
    f.status,
    cast(f.unit_missing_count as integer) as unit_missing_count
from {{ ref('int_compared') }} as f
inner join {{ ref('indicators') }} as i on f.indicator = i.indicator
where f.basis = 'this'
order by i.no, f.cut_period, f.unit_code, f.slice
