-- Which figures a correction moved: of those received since the close of the month before.
select
    m.period, m.unit_code, m.received_at, m.figure_unit_code, m.indicator, m.slice,
    m.value_before, m.value
from {{ source('register', 'moved') }} as m
order by m.period, m.unit_code, m.received_at, m.figure_unit_code, m.indicator, m.slice
