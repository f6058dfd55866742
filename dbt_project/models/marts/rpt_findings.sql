-- What is open: reconciliations as judged, and the warnings of each unit's newest returns.
with findings as (
    select
        j.rule, j.severity, j.period, j.form, j.unit_code, j.key, j.message,
        coalesce(e.first_period, j.period) as first_period,
        j.is_waived, j.waived_by, j.waived_until
    from {{ source('register', 'judged') }} as j
    left join {{ source('register', 'earlier_findings') }} as e
        on j.rule = e.rule and j.form = e.form and j.unit_code = e.unit_code and j.key = e.key
    union all by name
    select
        rule, 'warning' as severity, '{{ var("period") }}' as period, form, unit_code, key, message,
        first_period, is_waived, waived_by, waived_until, answer
    from {{ ref('int_warnings') }}
),

-- The figures that the form feeds; of a tally those of the item the finding names.
touched as (
    select
        f.form, f.unit_code, f.key,
        list({
            unit_code: f.unit_code, indicator: i.indicator, slice: '',
            value: cast(null as double), value_mended: cast(null as double)
        } order by i.no) as effect
    from (select distinct form, unit_code, key from findings) as f
    inner join {{ ref('indicators') }} as i
        on list_contains(string_split(i.forms, ' '), f.form)
    left join {{ ref('activity_items') }} as a on f.form = 'activities' and f.key = a.item_code
    where a.item_code is null or a.indicator = i.indicator or a.indicator_no = i.no
    group by f.form, f.unit_code, f.key
),

priced as (
    select
        p.rule, p.form, p.unit_code, p.key, any_value(p.way) as way,
        any_value(p.effect_size) as effect_size,
        list(
            {
                unit_code: p.figure_unit_code, indicator: p.indicator, slice: p.slice,
                value: p.value, value_mended: p.value_mended
            }
            order by
                p.figure_unit_code <> 'QX00',
                p.size desc nulls last,
                i.no asc,
                p.figure_unit_code asc,
                p.slice asc
        )
        filter (p.indicator is not null) as effect
    from {{ source('register', 'prices') }} as p
    left join {{ ref('indicators') }} as i on p.indicator = i.indicator
    group by p.rule, p.form, p.unit_code, p.key
)

select
    f.rule, f.severity, f.period, f.form, f.unit_code, f.key, f.message, f.first_period,
    f.is_waived, f.waived_by, f.waived_until, f.answer,
    coalesce(p.way, 'none') as effect_way,
    p.effect_size,
    case when p.way is null then coalesce(t.effect, []) else coalesce(p.effect, []) end as effect
from findings as f
left join touched as t
    on f.form = t.form and f.unit_code = t.unit_code and f.key = t.key
left join priced as p
    on f.rule = p.rule and f.form = p.form and f.unit_code = p.unit_code and f.key = p.key
