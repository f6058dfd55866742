-- Open leads that are not what was open a month ago, plus what came, less what went; a unit in its
-- first month has no month ago, and the district's count leaves it out.
with openings as (
    select u.rolled_up_unit_code as unit_code
    from {{ as_of_period('int_returns_in_force') }} as r
    inner join {{ ref('int_rolled_units') }} as u
        on r.cut_period = u.cut_period and r.unit_code = u.unit_code
    group by u.rolled_up_unit_code
    having min(r.period) = '{{ var("period") }}'
),

before as (
    select l.lead_no, l.is_open, u.rolled_up_unit_code as unit_code
    from {{ as_of_period('int_leads', previous_period()) }} as l
    inner join {{ ref('int_rolled_units') }} as u
        on u.cut_period = '{{ var("period") }}' and l.unit_code = u.unit_code
),

now_held as (
    select * exclude (unit_code), rolled_up_unit_code as unit_code
    from {{ as_of_period('int_leads') }}
),

dropped as (
    select distinct lead_no
    from {{ as_of_period('int_cur_leads') }}
    where is_duplicate or merged_into_lead_no is not null
),

leads as (
    select
        c.unit_code as new_code, b.unit_code as old_code,
        coalesce(b.is_open, false) as was_open,
        coalesce(c.is_open, false) as is_open,
        {{ in_month('c.stat_on') }} as is_accepted,
        {{ in_month('c.closed_stat_on') }} as is_closed,
        coalesce(b.is_open and c.unit_code <> b.unit_code, false) as is_moved,
        coalesce(b.is_open and d.lead_no is not null, false) as is_dropped,
        coalesce(not b.is_open and c.is_open, false) as is_reopened
    from before as b
    full join now_held as c on b.lead_no = c.lead_no
    left join dropped as d on b.lead_no = d.lead_no
    anti join openings as o on coalesce(c.unit_code, b.unit_code) = o.unit_code
),

shares as (
    select
        old_code as unit_code, was_open, is_moved as is_moved_out, is_dropped, false as is_open,
        false as is_accepted, false as is_closed, false as is_moved_in, false as is_reopened
    from leads
    where old_code is not null
    union all by name
    select
        new_code as unit_code, false as was_open, false as is_moved_out, false as is_dropped,
        is_open, is_accepted, is_closed, is_moved as is_moved_in, is_reopened
    from leads
    where new_code is not null
),

totals as (
    select
        coalesce(unit_code, 'QX00') as unit_code,
        count(*) filter (was_open) as before,
        count(*) filter (is_accepted) as accepted,
        count(*) filter (is_moved_in) * cast(unit_code is not null as int) as moved_in,
        count(*) filter (is_closed) as closed,
        count(*) filter (is_moved_out) * cast(unit_code is not null as int) as moved_out,
        count(*) filter (is_dropped) as dropped,
        count(*) filter (is_reopened) as reopened,
        count(*) filter (is_open) as now
    from shares
    group by grouping sets ((unit_code), ())
)

select
    {{ failing('leads', 'unit_code', "''",
               "'上期在办' || before || '＋受理' || accepted || '＋转入' || moved_in || '－办结' || closed"
               " || '－转出' || moved_out || '－重复并案' || dropped || '＋重新办理' || reopened"
               " || '≠本期在办' || now") }}
from totals
where before + accepted + moved_in - closed - moved_out - dropped + reopened <> now
