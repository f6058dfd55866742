-- What needs attention at the end of the period, matter by matter and return by return. Who is late
-- is decided in the models read here, by which the figures count too: `item_count` added up by kind
-- is the figure of the unit. GBJ's matters are left out (returns §3).
with opinions as (
    select
        case
            when o.is_carried then 'opinion_carried'
            when o.proposed_on is null then 'opinion_missing'
            else 'opinion_late'
        end as kind,
        l.unit_code as stated_by, o.rolled_up_unit_code, o.lead_no, o.lead_no as key,
        l.received_on as since_on, o.due_on as limit_on, o.proposed_on as done_on, '' as detail,
        1 as item_count
    from {{ as_of_period('int_opinions') }} as o
    inner join {{ as_of_period('int_leads') }} as l on o.lead_no = l.lead_no
    where (o.is_due and not o.is_on_time) or o.is_carried
),

pending as (
    select
        unnest(['lead_overdue', 'lead_long_pending']) as kind,
        unnest([m.is_overdue, m.is_long_pending]) as is_so,
        l.unit_code as stated_by, l.rolled_up_unit_code, l.lead_no,
        coalesce(m.approved_on, l.received_on) as since_on,
        unnest([
            m.limit_on, m.approved_on + cast(param('long_pending_days', l.as_of) as integer)
        ]) as limit_on
    from {{ as_of_period('int_lead_limits') }} as m
    inner join {{ as_of_period('int_leads') }} as l on m.lead_no = l.lead_no
),

filed as (
    select
        'disposal_unfiled' as kind,
        s.rolled_up_unit_code, s.lead_no, min(d.approved_on) as since_on,
        '第' || string_agg(cast(s.seq_no as varchar), '、' order by s.seq_no) || '次处置' as detail
    from {{ as_of_period('int_filed_steps') }} as s
    inner join {{ as_of_period('int_disposals') }} as d
        on s.lead_no = d.lead_no and s.seq_no = d.seq_no
    where not s.is_matched
    group by s.rolled_up_unit_code, s.lead_no
    union all
    select
        'disposal_mismatch' as kind,
        s.rolled_up_unit_code, s.lead_no, min(d.approved_on) as since_on,
        '第' || string_agg(cast(s.seq_no as varchar), '、' order by s.seq_no) || '次处置' as detail
    from {{ as_of_period('int_filed_steps') }} as s
    inner join {{ as_of_period('int_disposals') }} as d
        on s.lead_no = d.lead_no and s.seq_no = d.seq_no
    where s.is_mismatch
    group by s.rolled_up_unit_code, s.lead_no
),

conflicts as (
    select
        'ledger_conflict' as kind,
        rolled_up_unit_code, lead_no, count(*) as item_count,
        count(*) || '条' as detail
    from {{ as_of_period('int_ledger_conflicts') }}
    group by rolled_up_unit_code, lead_no
),

problems as (
    select
        if(is_overdue, 'rectify_overdue', 'rectify_open') as kind,
        unit_code as stated_by, rolled_up_unit_code, lead_no, issue_no as key, found_on as since_on,
        due_on as limit_on, if(claimed_on <= as_of, '已自报完成，未审核销号', '') as detail
    from {{ as_of_period('int_rectifications') }}
    where is_unrectified
),

matters as (
    select * from opinions
    union all by name
    select * exclude (is_so), lead_no as key
    from pending
    where is_so
    union all by name
    select *, lead_no as key from filed
    union all by name
    select *, lead_no as key from conflicts
    union all by name
    select * from problems
),

returns as (
    select
        case r.status
            when '未报' then 'return_missing' when '退回' then 'return_refused' else 'return_late'
        end as kind,
        r.unit_code, r.form as key, cast(null as date) as since_on, c.due_on as limit_on,
        cast(r.received_at as date) as done_on
    from {{ ref('rpt_returns') }} as r
    inner join {{ ref('calendar') }} as c on r.period = c.period
    where r.period = '{{ var("period") }}' and (r.status in ('未报', '退回') or r.late_day_count > 0)
),

listed as (
    select
        kind, rolled_up_unit_code as unit_code, key, since_on, limit_on, done_on,
        coalesce(detail, '') as detail, coalesce(item_count, 1) as item_count
    from matters
    where
        not coalesce(starts_with(rolled_up_unit_code, 'GBJ'), false)
        and not coalesce(starts_with(stated_by, 'GBJ'), false)
        and not exists (
            select 1 from {{ ref('stg_returns__leads') }} as s
            where s.lead_no = matters.lead_no and starts_with(s.unit_code, 'GBJ')
        )
    union all by name
    select *, '' as detail, 1 as item_count from returns
)

select
    '{{ var("period") }}' as period,
    x.kind,
    cast(x.unit_code as varchar) as unit_code,
    cast(x.key as varchar) as key,
    cast(x.since_on as date) as since_on,
    cast(x.limit_on as date) as limit_on,
    cast(x.done_on as date) as done_on,
    cast(greatest(coalesce(x.done_on, c.ends_on) - x.limit_on, 0) as integer) as over_day_count,
    cast(x.item_count as integer) as item_count,
    cast(x.detail as varchar) as detail
from listed as x
inner join {{ ref('calendar') }} as c on c.period = '{{ var("period") }}'
