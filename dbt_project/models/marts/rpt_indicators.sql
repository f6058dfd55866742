{% set subjects = [
    "leads", "lead_cases", "opinions", "disposals", "filings", "cases", "rankings", "punishments",
    "campaigns", "registry", "rectifications",
] -%}
with ledgers as (
    {% for subject in subjects -%}
    select
        m.cut_period, m.basis, m.indicator, m.unit_code, m.slice, m.value,
        m.numerator, m.denominator, m.text_value, coalesce(i.forms, '') as forms
    from {{ ref('int_measures__' ~ subject) }} as m
    inner join {{ ref('indicators') }} as i on m.indicator = i.indicator
    {{ 'union all' if not loop.last }}
    {% endfor %}
),

form_lists as (
    select distinct forms from ledgers
),

missing_units as (
    select s.cut_period, s.basis, s.unit_code, s.ranking_group, f.forms
    from {{ ref('int_scope') }} as s
    inner join form_lists as f
        on list_contains(string_split(f.forms, ' '), s.form)
    where s.is_missing
    group by all
),

missing_counts as (
    select cut_period, basis, forms, unnest([unit_code, 'QX00', ranking_group]) as unit_code
    from missing_units
),

counted as (
    select cut_period, basis, forms, unit_code, count(*) as unit_missing_count
    from missing_counts
    where unit_code is not null
    group by all
),

reported as (
    select cut_period, basis, list(distinct form) as reported_forms
    from {{ ref('int_returns_in_force') }}
    where left(period, 4) = left(stated_to, 4)
    group by all
),

figures as (
    select
        l.* exclude (forms), -- noqa: RF02
        case
            when l.forms <> ''
                and not coalesce(list_has_any(r.reported_forms, string_split(l.forms, ' ')), false)
                and l.unit_code in ('QX00', 'office', 'dispatched', 'town')
                then 'missing'
            when l.value is null and l.text_value is null then 'na'
            else 'value'
        end as status,
        coalesce(c.unit_missing_count, 0) as unit_missing_count
    from ledgers as l
    left join reported as r on l.cut_period = r.cut_period and l.basis = r.basis
    left join counted as c
        on l.cut_period = c.cut_period and l.basis = c.basis and l.forms = c.forms
        and l.unit_code = c.unit_code
    union all by name
    select * from {{ ref('int_measures__tally') }}
)

select
    f.indicator,
    f.cut_period as period,
    f.unit_code,
    f.slice,
    case when f.status = 'value' then f.value end as value,
    case when f.status = 'value' then f.text_value end as text_value,
    f.numerator,
    f.denominator,
    case
        when not (starts_with(i.window, 'YTD') or i.window = 'YoY') then null
        when z.indicator is not null then z.value
        else y.value
    end as value_last_year,
    value_last_year is not null and z.indicator is null as is_last_year_computed,
    -- Lateral: both null unless both years have a value; ratios change in points only.
    case when f.status = 'value' then f.value - value_last_year end as change,
    case
        when i.unit_of_measure not in ('%', '0–1', '系数', '件/倍')
            then change / nullif(value_last_year, 0)
    end as change_rate,
    f.status,
    cast(f.unit_missing_count as integer) as unit_missing_count
from figures as f
inner join {{ ref('indicators') }} as i on f.indicator = i.indicator
left join figures as y
    on f.cut_period = y.cut_period and y.basis = 'last' and f.indicator = y.indicator
    and f.unit_code = y.unit_code and f.slice = y.slice
left join {{ ref('int_frozen_figures') }} as z
    on f.cut_period = z.cut_period and f.indicator = z.indicator
    and f.unit_code = z.rolled_up_unit_code and f.slice = z.slice
where f.basis = 'this'
order by i.no, f.cut_period, f.unit_code, f.slice
