with figures as (
    select * from {{ ref('int_figures') }}
    union all by name
    select * from {{ ref('int_measures__targets') }}
),

compared as (
    select
        f.indicator, f.cut_period, f.unit_code, f.slice,
        case when f.status = 'value' then f.value end as value,
        case when f.status = 'value' then f.text_value end as text_value,
        f.numerator, f.denominator,
        case
            when not (starts_with(i.window, 'YTD') or i.window = 'YoY') then null
            when z.indicator is not null then z.value
            else y.value
        end as value_last_year,
        z.indicator is null as is_last_year_computed,
        f.status, f.unit_missing_count
    from figures as f
    inner join {{ ref('indicators') }} as i on f.indicator = i.indicator
    left join figures as y
        on f.cut_period = y.cut_period and y.basis = 'last' and f.indicator = y.indicator
        and f.unit_code = y.unit_code and f.slice = y.slice
    left join {{ ref('int_frozen_figures') }} as z
        on f.cut_period = z.cut_period and f.indicator = z.indicator
        and f.unit_code = z.rolled_up_unit_code and f.slice = z.slice
    where f.basis = 'this'
),

-- Figures that are last year's themselves, or the distance to them.
last_year as (
    select cut_period, unit_code, status, unit_missing_count, value, value_last_year as before
    from compared
    where indicator = 'petition_cnt' and slice = ''
),

all_figures as (
    select * from compared
    union all by name
    select
        'petition_cnt_ly' as indicator, cut_period, unit_code, '' as slice, before as value,
        case when before is null then 'na' else 'value' end as status, unit_missing_count
    from last_year
    union all by name
    select
        'petition_net_decrease_cnt' as indicator, cut_period, unit_code, '' as slice,
        before - value as value,
        case when before is null then 'na' else status end as status, unit_missing_count
    from last_year
    union all by name
    select
        'petition_decrease_rate' as indicator, cut_period, unit_code, '' as slice,
        (before - value) / nullif(before, 0) as value,
        before - value as numerator, before as denominator,
        case when coalesce(before, 0) = 0 then 'na' else status end as status, unit_missing_count
    from last_year
)

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
from all_figures as f
inner join {{ ref('indicators') }} as i on f.indicator = i.indicator
order by i.no, f.cut_period, f.unit_code, f.slice
