select
    reform_no,
    title,
    lead_unit_code,
    confirmed_on,
    due_on,
    status_code,
    done_on,
    return_id,
    file_sha256,
    sheet,
    row_no,
    unit_code,
    period,
    version,
    received_at
from {{ raw_returns('reforms') }}
