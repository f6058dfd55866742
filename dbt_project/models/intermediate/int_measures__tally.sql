-- Sums of the month's own counts, over the year or since the start of a campaign.
with items as (
    select i.item_code, n.indicator, i.owed_by, n.window
    from {{ ref('activity_items') }} as i
    inner join {{ ref('indicators') }} as n
        on coalesce(i.indicator, '') = n.indicator or i.indicator_no = n.no
    where n.tier <> 'P'
    union
    select i.item_code, n.indicator, i.owed_by, n.window
    from {{ ref('activity_items') }} as i
    inner join {{ ref('indicators') }} as n
        on (n.no = '018' and i.item_code in ('A1602', 'A1603'))
        or (n.no = '019' and i.item_code in ('A1601', 'A1602', 'A1603'))
        or (n.no = '066' and i.item_code in ('A1502', 'A1503'))
),

sliced as (
    select i.*, '' as slice from items as i
    union all
    select i.*, i.item_code from items as i
    where i.indicator in ('suggestion_letter_cnt', 'publicity_adopted_cnt')
),

owing as (
    select
        i.*, u.cut_period, u.basis, u.as_of, u.stated_to, u.unit_code,
        case
            when i.window = 'CAMP' then strftime({{ campaign_start('EDU') }}, '%Y-%m')
            else left(u.stated_to, 4) || '-01'
        end as since
    from sliced as i
    inner join {{ ref('int_units_valid') }} as u
        on list_has_any(string_split(i.owed_by, ' '), [u.unit_type_code, u.unit_code])
),

counted as (
    select
        o.cut_period, o.basis, o.indicator, o.slice, o.unit_code, o.item_code,
        any_value(o.since > o.stated_to) as is_before_start,
        sum(cast(a.month_quantity as decimal(18, 2))) as quantity,
        bool_or(a.period = o.stated_to) is not true as is_missing
    from owing as o
    left join {{ ref('int_cur_activities') }} as a
        on o.cut_period = a.cut_period and o.basis = a.basis and o.item_code = a.item_code
        and o.unit_code = a.rolled_up_unit_code and o.since <= a.period
    group by all
),

summed as (
    select
        cut_period, basis, indicator, slice,
        case when grouping(unit_code) = 1 then 'QX00' else unit_code end as unit_code,
        bool_or(is_before_start) as is_before_start,
        sum(quantity) as total,
        sum(quantity) filter (item_code in ('A1602', 'A1603', 'A1503')) as numerator,
        sum(quantity) filter (item_code in ('A1601', 'A1502')) as denominator,
        case
            when grouping(unit_code) = 0 then bool_or(is_missing) else sum(quantity) is null
        end as is_missing,
        count(distinct unit_code) filter (is_missing) as unit_missing_count
    from counted
    group by grouping sets (
        (cut_period, basis, indicator, slice), (cut_period, basis, indicator, slice, unit_code)
    )
)

select
    cut_period, basis, indicator, unit_code, slice,
    case
        when is_before_start or is_missing then null
        when indicator in ('integrity_opinion_neg_rate', 'netizen_satisfaction_rate')
            then numerator / nullif(denominator, 0)
        else total
    end as value,
    case when right(indicator, 5) = '_rate' and not is_missing then numerator end as numerator,
    case when right(indicator, 5) = '_rate' and not is_missing then denominator end as denominator,
    cast(null as varchar) as text_value,
    case
        when is_before_start then 'na'
        when is_missing then 'missing'
        when right(indicator, 5) = '_rate' and coalesce(denominator, 0) = 0 then 'na'
        else 'value'
    end as status,
    unit_missing_count
from summed
where unit_code = 'QX00'
    or not is_before_start
    and indicator not in (
        select n.indicator from {{ ref('indicators') }} as n
        where n.no in ('001', '002', '003', '065', '066')
    )
