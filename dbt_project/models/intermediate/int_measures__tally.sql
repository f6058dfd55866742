-- Sums of the month's own counts, over the year or since the start of a campaign; of an item that
-- tells a state, the latest month.
with rate_items (indicator, item_code, is_above) as (
    values
    ('integrity_opinion_neg_rate', 'A1602', true),
    ('integrity_opinion_neg_rate', 'A1603', true),
    ('integrity_opinion_neg_rate', 'A1601', false),
    ('netizen_satisfaction_rate', 'A1503', true),
    ('netizen_satisfaction_rate', 'A1502', false),
    ('self_report_submit_rate', 'A0522', true),
    ('self_report_submit_rate', 'A0521', false)
),

feeds as (
    select n.indicator, i.item_code, cast(null as boolean) as is_above
    from {{ ref('activity_items') }} as i
    inner join {{ ref('indicators') }} as n
        on i.indicator = n.indicator or i.indicator_no = n.no
    where n.indicator not in (select r.indicator from rate_items as r)
    union
    select 'integrity_opinion_neg_cnt', unnest(['A1602', 'A1603']), null
    union
    select indicator, item_code, is_above
    from rate_items
),

items as (
    select
        f.indicator, f.item_code, f.is_above, i.owed_by, i.aggregation,
        case
            when f.indicator in ('stat_data_check_cnt', 'stat_law_check_cnt')
                then {{ campaign_start('STA') }}
            when n.window = 'CAMP' or f.indicator = 'self_report_submit_rate'
                then {{ campaign_start('EDU') }}
        end as campaign_starts_on
    from feeds as f
    inner join {{ ref('activity_items') }} as i on f.item_code = i.item_code
    inner join {{ ref('indicators') }} as n on f.indicator = n.indicator
),

sliced as (
    select i.*, '' as slice
    from items as i
    union all
    select i.*, i.item_code
    from items as i
    where
        i.indicator in (
            'suggestion_letter_cnt', 'publicity_adopted_cnt', 'priority_area_check_cnt'
        )
),

owing as (
    select
        i.*, u.cut_period, u.basis, u.as_of, u.stated_to, u.unit_code,
        coalesce(strftime(i.campaign_starts_on, '%Y-%m'), left(u.stated_to, 4) || '-01') as since
    from sliced as i
    inner join {{ ref('int_units_valid') }} as u
        on list_has_any(string_split(i.owed_by, ' '), [u.unit_type_code, u.unit_code])
),

-- A report of nothing states every item as 0.
said as (
    select cut_period, basis, item_code, rolled_up_unit_code, period, month_quantity
    from {{ ref('int_cur_activities') }}
    union all
    select r.cut_period, r.basis, i.item_code, u.rolled_up_unit_code, r.period, 0
    from {{ ref('int_returns_in_force') }} as r
    cross join {{ ref('activity_items') }} as i
    inner join {{ ref('int_rolled_units') }} as u
        on r.cut_period = u.cut_period and r.unit_code = u.unit_code
    where r.form = 'activities' and r.is_nil
),

stated as (
    select
        cut_period, basis, item_code, rolled_up_unit_code, period,
        sum(cast(month_quantity as decimal(18, 2))) as quantity
    from said
    group by all
),

counted as (
    select
        o.cut_period, o.basis, o.indicator, o.slice, o.unit_code, o.item_code, o.is_above,
        any_value(o.since > o.stated_to) as is_before_start,
        case
            when any_value(o.aggregation) = 'last' then arg_max(a.quantity, a.period)
            else sum(a.quantity)
        end as quantity,
        bool_or(a.period = o.stated_to) is not true as is_missing
    from owing as o
    left join stated as a
        on o.cut_period = a.cut_period and o.basis = a.basis and o.item_code = a.item_code
        and o.unit_code = a.rolled_up_unit_code and o.since <= a.period
    group by all
),

summed as (
    select
        cut_period, basis, indicator, slice,
        case when grouping(unit_code) = 1 then 'QX00' else unit_code end as unit_code,
        bool_or(is_before_start) as is_before_start,
        bool_or(is_above is not null) as is_rate,
        sum(quantity) as total,
        sum(quantity) filter (is_above) as numerator,
        sum(quantity) filter (not is_above) as denominator,
        case
            when grouping(unit_code) = 0 then bool_or(is_missing) else sum(quantity) is null
        end as is_missing,
        count(distinct unit_code) filter (is_missing) as unit_missing_count
    from counted
    group by grouping sets (
        (cut_period, basis, indicator, slice), (cut_period, basis, indicator, slice, unit_code)
    )
),

figures as (
    select
        cut_period, basis, indicator, unit_code, slice, is_before_start, is_missing,
        case when is_rate then numerator / nullif(denominator, 0) else total end as value,
        numerator, denominator, unit_missing_count
    from summed
    union all
    -- Units beside the others of their ranking group; who has not reported is given no rank.
    select
        s.cut_period, s.basis, 'publicity_rank', s.unit_code, '', s.is_before_start, s.is_missing,
        dense_rank() over (
            partition by s.cut_period, s.basis, u.ranking_group, s.is_missing order by s.total desc
        ),
        null, null, s.unit_missing_count
    from summed as s
    inner join {{ ref('int_units_valid') }} as u
        on s.cut_period = u.cut_period and s.basis = u.basis and s.unit_code = u.unit_code
    where s.indicator = 'publicity_adopted_cnt' and s.slice = '' and u.ranking_group is not null
)

select
    cut_period, basis, indicator, unit_code, slice,
    case when not (is_before_start or is_missing) then cast(value as double) end as value,
    case when not is_missing then cast(numerator as double) end as numerator,
    case when not is_missing then cast(denominator as double) end as denominator,
    cast(null as varchar) as text_value,
    case
        when is_before_start then 'na'
        when is_missing then 'missing'
        when value is null then 'na'
        else 'value'
    end as status,
    unit_missing_count
from figures
where
    unit_code = 'QX00'
    or indicator not in (
        select n.indicator from {{ ref('indicators') }} as n
        where n.no in ('001', '002', '003', '065', '066')
    )
