select period, starts_on, ends_on, due_on, closes_on from {{ ref('calendar') }}
