-- Tasks that have not been called off, each with what should be done of it by the cut-off date:
-- the share of its own days gone by, in whole pieces.
select
    *,
    assigned_on between year_start and as_of as is_of_year,
    status_code in ('1', '2') as is_open,
    left(campaign_code, 3) as field,
    case
        when due_on <= as_of then plan_count
        else plan_count * greatest(as_of - assigned_on, 0) // (due_on - assigned_on)
    end as planned_by_now
from {{ ref('int_cur_key_tasks') }}
where status_code <> '4'
