-- A target in per cent is typed as a percentage; from here on it is a fraction, like its figure.
select
    t.indicator_id,
    t.target_unit_code,
    case when i.unit_of_measure = '%' then t.target_value / 100 else t.target_value end
        as target_value,
    t.direction_code,
    t.return_id,
    t.file_sha256,
    t.sheet,
    t.row_no,
    t.unit_code,
    t.period,
    t.version,
    t.received_at
from {{ raw_returns('targets') }} as t
left join {{ ref('indicators') }} as i on t.indicator_id = i.indicator
