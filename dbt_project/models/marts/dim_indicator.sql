select
    no, indicator, name_zh, unit_of_measure, "window", tier, definition, section
from {{ ref('indicators') }}
