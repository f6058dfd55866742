-- A lead handed on (status 70) yields to the unit that took it, from the month it was handed on.
with stated as ({{ statements('leads') }}),

successors as (
    select unit_code, max(successor_code) as successor_code
    from {{ ref('units') }}
    group by unit_code
),

by_line as (
    select s.*, coalesce(u.successor_code, s.unit_code) as line_code
    from stated as s
    left join successors as u on s.unit_code = u.unit_code
),

last_held as (
    select
        *,
        max(period) filter (status_code <> '70') over (
            partition by cut_period, basis, lead_no, person_key, line_code
        ) as held_to
    from by_line
),

with_runs as (
    select
        *,
        min(period) filter (status_code = '70' and period > coalesce(held_to, '')) over (
            partition by cut_period, basis, lead_no, person_key, line_code
        ) as handed_on_since
    from last_held
),

newest as (
    select *
    from with_runs
    qualify
        row_number() over (
            partition by cut_period, basis, lead_no, person_key, unit_code order by period desc
        ) = 1
),

first_dates as (
    select
        *,
        min(stat_on) over lead as first_stat_on,
        min(received_on) over lead as first_received_on,
        max(period) filter (status_code <> '70') over (
            partition by cut_period, basis, lead_no, person_key
        ) as taken_on
    from newest
    window lead as (partition by cut_period, basis, lead_no)
)

select
    f.* exclude (line_code, held_to, handed_on_since, taken_on, stat_on, received_on), -- noqa: RF02
    f.first_stat_on as stat_on, f.first_received_on as received_on, u.rolled_up_unit_code
from first_dates as f
inner join {{ ref('int_rolled_units') }} as u
    on f.cut_period = u.cut_period and f.unit_code = u.unit_code
where f.status_code <> '70' or coalesce(f.taken_on, '') < f.handed_on_since
qualify
    row_number() over (
        partition by f.cut_period, f.basis, f.lead_no, f.person_key
        order by f.period desc, f.handed_on_since desc nulls last, f.unit_code asc
    ) = 1
