-- `this` is the period itself; `last` is the same day last year, as known when that period closed;
-- `released` is the month before, as known to its last final release.
with scope as (
    select c.period, c.ends_on
    from {{ ref('calendar') }} as c
    where c.period between cast(cast(left('{{ var("period") }}', 4) as int) - 1 as varchar) || '-01'
        and '{{ var("period") }}'
),

compared as (
    select
        s.period as cut_period, 'this' as basis, s.period as stated_to,
        s.ends_on as roll_up_on, cast('{{ var("as_of") }}' as timestamp) as known_until
    from scope as s
    union all
    select
        s.period, 'last' as basis, y.period as stated_to, s.ends_on,
        cast(y.closes_on as timestamp) + interval '23:59:59'
    from scope as s
    inner join {{ ref('calendar') }} as y
        on y.period = strftime(s.ends_on - interval 1 year, '%Y-%m')
    union all
    select distinct
        s.period, 'released' as basis, '{{ previous_period() }}' as stated_to, s.ends_on,
        f.known_until
    from scope as s
    cross join {{ source('register', 'previous_figures') }} as f
    where s.period = '{{ var("period") }}'
)

select
    b.cut_period, b.basis, b.stated_to, b.roll_up_on, b.known_until,
    e.ends_on as as_of, cast(date_trunc('year', e.ends_on) as date) as year_start
from compared as b
inner join {{ ref('calendar') }} as e on b.stated_to = e.period
where
    exists (
        select 1
        from {{ ref('stg_register__returns') }} as r
        where r.outcome = 'accepted' and r.period <= b.stated_to and r.received_at <= b.known_until
    )
