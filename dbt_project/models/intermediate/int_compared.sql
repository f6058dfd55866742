-- Every figure with its status and the same figure a year before.
with figures as (
    select * from {{ ref('int_figures') }}
    union all by name
    select * from {{ ref('int_measures__targets') }}
),

compared as (
    select
        f.indicator, f.cut_period, f.basis, f.unit_code, f.slice,
        case when f.status = 'value' then f.value end as value,
        case when f.status = 'value' then f.text_value end as text_value,
        f.numerator, f.denominator,
        case
            when starts_with(i.window, 'YTD') or i.window = 'YoY' then f.value_before
        end as value_last_year,
        f.is_before_computed as is_last_year_computed,
        f.status, f.unit_missing_count
    from ({{ beside_last_year('figures') }}) as f
    inner join {{ ref('indicators') }} as i on f.indicator = i.indicator
)

select * from compared
union all by name
select
    indicator, cut_period, basis, unit_code, slice, value, numerator, denominator, status,
    unit_missing_count
from {{ ref('int_measures__petition_change') }}
