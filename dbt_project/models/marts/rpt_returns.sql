-- What became of every owed return; a return refused and never replaced stays 退回.
with received as (
    select
        r.form, r.unit_code, r.period,
        max(r.version) filter (where r.outcome = 'accepted') as version,
        max_by(r.row_count, r.version) filter (where r.outcome = 'accepted') as row_count,
        max_by(r.is_nil, r.version) filter (where r.outcome = 'accepted') as is_nil,
        min(r.received_at) filter (where r.outcome = 'accepted') as received_at
    from {{ ref('stg_register__returns') }} as r
    where r.received_at <= cast('{{ var("as_of") }}' as timestamp)
    group by all
)

select
    s.cut_period as period,
    s.unit_code,
    s.form,
    case
        when r.unit_code is null then '未报'
        when r.version is null then '退回'
        when r.version > 1 then '更正'
        when cast(r.received_at as date) > c.due_on then '迟报'
        else '按时'
    end as status,
    coalesce(r.is_nil, false) as is_nil,
    cast(r.version as integer) as version,
    r.received_at,
    cast(r.row_count as integer) as row_count,
    cast(greatest(
        cast(coalesce(r.received_at, cast('{{ var("as_of") }}' as timestamp)) as date) - c.due_on, 0
    ) as integer) as late_day_count
from {{ ref('int_scope') }} as s
inner join {{ ref('calendar') }} as c on s.cut_period = c.period
left join received as r
    on s.form = r.form and s.unit_code = r.unit_code and s.cut_period = r.period
where s.basis = 'this' and s.unit_code <> 'QX00'
