-- Problems found, each as it stands at the cut-off date: verified by whoever checks it, or not.
select
    *,
    coalesce(verified_on <= as_of, false) as is_verified,
    coalesce(stat_on <= as_of, false) and not coalesce(verified_on <= as_of, false)
        as is_unrectified,
    coalesce(stat_on <= as_of and due_on < as_of, false)
    and not coalesce(verified_on <= as_of, false) as is_overdue
from {{ ref('int_cur_rectifications') }}
