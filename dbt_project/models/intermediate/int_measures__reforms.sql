-- Reform items of the year under the unit that leads them.
with reforms as (
    select
        r.*, u.rolled_up_unit_code as lead_code,
        r.confirmed_on between r.year_start and r.as_of as is_counted,
        coalesce(r.done_on <= r.as_of, false) as is_done
    from {{ ref('int_cur_reforms') }} as r
    inner join {{ ref('int_rolled_units') }} as u
        on r.cut_period = u.cut_period and r.lead_unit_code = u.unit_code
),

led as (
    select cut_period, basis, unnest([lead_code, 'QX00']) as unit_code, is_done, status_code
    from reforms
    where is_counted
),

scope as (
    select cut_period, basis, 'QX00' as unit_code from {{ ref('int_cuts') }}
    union
    select cut_period, basis, unit_code from led
),

counted as (
    select
        s.cut_period, s.basis, s.unit_code,
        count(l.status_code) as items,
        count(*) filter (l.is_done) as done,
        count(*) filter (l.status_code = '2') as ongoing,
        count(*) filter (l.status_code = '1') as not_begun
    from scope as s
    left join led as l using (cut_period, basis, unit_code)
    group by all
),

figures as (
    select
        cut_period, basis, unit_code,
        unnest([
            {{ figure('reform_item_cnt', 'items') }},
            {{ figure('reform_item_cnt', 'not_begun', "'1'") }},
            {{ figure('reform_done_cnt', 'done') }},
            {{ figure('reform_ongoing_cnt', 'ongoing') }},
            {{ rate('reform_done_rate', 'done', 'items') }}
        ]) as f
    from counted
)

select cut_period, basis, unit_code, f.* from figures
