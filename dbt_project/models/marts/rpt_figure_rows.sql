-- How many rows of which return stand behind each figure of the period; figures without rows (of
-- the registry, or of nothing) have none here.
select
    '{{ var("period") }}' as period,
    indicator,
    unit_code,
    slice,
    form,
    source_unit_code,
    row_count
from {{ source('register', 'figure_rows') }}
