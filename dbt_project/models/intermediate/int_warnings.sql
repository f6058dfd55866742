-- The warnings of each unit's newest return of a form, since when each stands without a break, and
-- what the unit answers. Of an accepted answer its last day counts: up to it the warning is waived,
-- after it the answer has lapsed.
with returns as (
    select
        return_id, period,
        row_number() over (partition by form, unit_code order by period) as place,
        period = max(period) over (partition by form, unit_code) as is_newest
    from {{ as_of_period('int_returns_in_force') }}
),

accepted as (
    select w.answer, max(w.until) as last_day, arg_max(w.by, w.until) as waived_by
    from {{ source('register', 'waivers') }} as w
    where w.answer is not null
    group by w.answer
),

warned as (
    select
        w.rule, w.form, w.unit_code, w.message, r.period, r.place, r.is_newest,
        case when starts_with(w.unit_code, 'GBJ') then '' else coalesce(w.key, '') end as key,
        string_agg(distinct w.answer, '、' order by w.answer) as answer,
        min(a.waived_by) as waived_by,
        min(a.last_day) as waived_until,
        count(*) = count(a.last_day)
        and min(a.last_day) >= left('{{ var("as_of") }}', 10) as is_waived,
        coalesce(min(a.last_day) < left('{{ var("as_of") }}', 10), false) as is_lapsed
    from {{ source('register', 'warnings') }} as w
    inner join returns as r on w.return_id = r.return_id
    inner join {{ as_of_period('int_units_valid') }} as u on w.unit_code = u.unit_code
    left join accepted as a on w.answer_id = a.answer
    group by all
),

-- A warning stands without a break as long as every return of the unit repeats it.
standing as (
    select
        *,
        place - dense_rank() over (partition by rule, form, unit_code, key order by place) as run
    from warned
)

select
    rule, form, unit_code, key, message, answer, waived_by, waived_until, is_waived, is_lapsed,
    min(period) over (partition by rule, form, unit_code, key, run) as first_period
from standing
qualify is_newest
