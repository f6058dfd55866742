-- What was filed with the case-management office, and how it differs from the units' own ledgers.
with filed as (
    select cut_period, basis, scope_unit_code as unit_code, count(distinct lead_no) as leads
    from ({{ by_unit('disposals', 'int_filings') }})
    group by all
),

steps as (
    select
        cut_period, basis, scope_unit_code as unit_code,
        count(distinct lead_no) filter (not is_matched) as unfiled,
        count(distinct lead_no) filter (is_mismatch) as mismatch,
        count(distinct lead_no) filter (is_matched) as matched,
        count(distinct rolled_up_unit_code) filter (is_mismatch) as mismatch_units
    from ({{ by_unit('disposals', 'int_filed_steps') }})
    group by all
),

conflicts as (
    select cut_period, basis, scope_unit_code as unit_code, count(lead_no) as conflicts
    from ({{ by_unit('disposals', 'int_ledger_conflicts') }})
    group by all
),

figures as (
    select
        cut_period, basis, unit_code,
        unnest([
            {{ figure('disposal_filed_cnt', 'f.leads') }},
            {{ figure('disposal_unfiled_cnt', 's.unfiled') }},
            {{ figure('disposal_mismatch_cnt', 's.mismatch') }},
            {{ rate('disposal_mismatch_rate', 's.mismatch', 's.matched') }},
            {{ figure('disposal_mismatch_unit_cnt', 's.mismatch_units') }},
            {{ figure('system_ledger_conflict_cnt', 'c.conflicts') }}
        ]) as f
    from filed as f
    inner join steps as s using (cut_period, basis, unit_code)
    inner join conflicts as c using (cut_period, basis, unit_code)
)

select cut_period, basis, unit_code, f.* from figures
