select
    name,
    value,
    since as valid_from,
    cast(lead(since) over (partition by name order by since) - interval 1 day as date) as valid_to
from {{ ref('parameters') }}
