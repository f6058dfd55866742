-- What the registry of units and the calendar tell.
select
    cut_period, basis, 'QX00' as unit_code, 'sup_network_unit_cnt' as indicator, '' as slice,
    cast(
        count(*) filter (unit_type_code in ('DFZ', 'OFF', 'DIS', 'TWN', 'STR')) as double
    ) as value,
    cast(null as double) as numerator, cast(null as double) as denominator,
    cast(null as varchar) as text_value
from {{ ref('int_units_valid') }}
group by cut_period, basis
union all
select
    cut_period, basis, 'QX00', 'schedule_progress_share', '', month(as_of) / 12.0,
    month(as_of), 12, null
from {{ ref('int_cuts') }}
