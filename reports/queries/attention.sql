-- What needs attention, one row per kind of problem, unit and matter (of returns: the form), under
-- the names they are printed by, in the order of print.
with kinds as (
    select listed.place, listed.kind, listed.kind_group, listed.kind_text
    from (
        values
        (1, 'opinion_missing', 'opinions', '逾期未提处置意见'),
        (2, 'opinion_carried', 'opinions', '往年到期至今未提处置意见'),
        (3, 'opinion_late', 'opinions', '逾期提出处置意见'),
        (4, 'lead_long_pending', 'verifications', '久核不结'),
        (5, 'lead_overdue', 'leads', '超期未办结'),
        (6, 'disposal_unfiled', 'filings', '已处置未报备'),
        (7, 'disposal_mismatch', 'filings', '报备方式与实际不一致'),
        (8, 'ledger_conflict', 'filings', '案管登记与单位台账矛盾'),
        (9, 'rectify_overdue', 'problems', '超期未整改'),
        (10, 'rectify_open', 'problems', '未到期未整改'),
        (11, 'return_missing', 'returns', '未报'),
        (12, 'return_refused', 'returns', '退回后未重报'),
        (13, 'return_late', 'returns', '迟报')
    ) as listed (place, kind, kind_group, kind_text)
)

select
    attention.period,
    attention.kind,
    kinds.kind_group,
    kinds.kind_text,
    kinds.place,
    attention.unit_code,
    coalesce(units_listed.printed_name, '全区') as unit_name,
    coalesce(units_listed.sort, 9999)::integer as unit_sort,
    attention.key,
    attention.since_on,
    attention.limit_on,
    attention.done_on,
    attention.over_day_count,
    attention.item_count,
    attention.detail
from marts.rpt_attention as attention
inner join kinds on attention.kind = kinds.kind
left join units_listed
    on attention.unit_code = units_listed.unit_code and attention.period = units_listed.period
order by
    attention.period asc, kinds.place asc, unit_sort asc, attention.over_day_count desc,
    attention.key asc
