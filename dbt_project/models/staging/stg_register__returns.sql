select
    return_id, form, unit_code, period, version, received_at, outcome, is_nil, is_late, row_count,
    reason
from {{ raw_register() }}
