select
    item_code,
    month_quantity,
    ytd_quantity,
    return_id,
    file_sha256,
    sheet,
    row_no,
    unit_code,
    period,
    version,
    received_at
from {{ raw_returns('activities') }}
