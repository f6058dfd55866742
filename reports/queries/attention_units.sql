-- What needs attention, counted by unit: one row per unit that has something.
select
    attention.period,
    attention.unit_code,
    attention.unit_name,
    attention.unit_sort,
    coalesce(sum(attention.item_count) filter (attention.kind = 'opinion_missing'), 0)::integer
        as opinion_missing_cnt,
    coalesce(sum(attention.item_count) filter (attention.kind = 'opinion_carried'), 0)::integer
        as opinion_carried_cnt,
    coalesce(sum(attention.item_count) filter (attention.kind = 'opinion_late'), 0)::integer
        as opinion_late_cnt,
    coalesce(sum(attention.item_count) filter (attention.kind = 'lead_long_pending'), 0)::integer
        as long_pending_cnt,
    coalesce(sum(attention.item_count) filter (attention.kind = 'lead_overdue'), 0)::integer
        as overdue_cnt,
    coalesce(sum(attention.item_count) filter (attention.kind = 'disposal_unfiled'), 0)::integer
        as unfiled_cnt,
    coalesce(sum(attention.item_count) filter (attention.kind = 'disposal_mismatch'), 0)::integer
        as mismatch_cnt,
    coalesce(sum(attention.item_count) filter (attention.kind = 'ledger_conflict'), 0)::integer
        as conflict_cnt,
    coalesce(sum(attention.item_count) filter (attention.kind = 'rectify_overdue'), 0)::integer
        as rectify_overdue_cnt,
    coalesce(sum(attention.item_count) filter (attention.kind = 'rectify_open'), 0)::integer
        as rectify_open_cnt,
    coalesce(sum(attention.item_count) filter (attention.kind_group = 'returns'), 0)::integer
        as returns_cnt
from attention
group by
    attention.period, attention.unit_code, attention.unit_name, attention.unit_sort
order by attention.period, attention.unit_sort
