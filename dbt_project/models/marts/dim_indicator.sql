select
    no, indicator, name_zh, unit_of_measure, "window", tier, definition, denominator,
    section, forms
from {{ ref('indicators') }}
