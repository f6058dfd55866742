-- Leads handed on that the receiving unit does not list a period later, lists with other dates, or
-- has handed back.
with stated as (
    select
        s.lead_no, s.period, s.status_code, s.received_on, s.stat_on, s.closed_stat_on,
        s.year_start, u.rolled_up_unit_code as unit_code, t.rolled_up_unit_code as to_code
    from {{ history('leads') }} as s
    inner join {{ ref('int_rolled_units') }} as u
        on s.cut_period = u.cut_period and s.unit_code = u.unit_code
    left join {{ ref('int_rolled_units') }} as t
        on s.cut_period = t.cut_period and s.transferred_to_code = t.unit_code
),

held as (
    select
        *,
        max(period) filter (status_code <> '70') over (partition by lead_no, unit_code) as held_to
    from stated
),

newest as (
    select
        *,
        min(period) filter (period > coalesce(held_to, '')) over (
            partition by lead_no, unit_code
        ) as since
    from held
    qualify row_number() over (partition by lead_no, unit_code order by period desc) = 1
),

paired as (
    select
        h.lead_no, h.unit_code as from_code, h.to_code, h.since,
        t.lead_no is null as is_unlisted,
        (
            t.received_on is distinct from h.received_on or t.stat_on is distinct from h.stat_on
        ) as is_redated,
        coalesce(t.status_code = '70' and t.to_code = h.unit_code, false) as is_returned
    from newest as h
    left join newest as t
        on h.lead_no = t.lead_no and h.to_code = t.unit_code and h.since <= t.period
    where h.status_code = '70' and h.to_code <> h.unit_code
        and h.since < '{{ var("period") }}' and coalesce(t.closed_stat_on >= t.year_start, true)
)

select
    {{ failing('leads', "case when starts_with(from_code, 'GBJ') then from_code else to_code end",
               'lead_no',
               "from_code || ' 于 ' || since || ' 转出，' || case"
               " when is_unlisted then '接收单位未列' when is_returned then '又被转回'"
               " else '收到日期或受理统计日期不同' end") }}
from paired
where is_unlisted or is_redated or is_returned
