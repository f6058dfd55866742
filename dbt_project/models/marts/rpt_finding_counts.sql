-- Findings by rule, unit and month: this month's as they stand, and those that stood in the last
-- final release of the month before and are gone; earlier months as that release counted them.
with standing as (
    select
        rule, form, unit_code, key,
        count(*) as hit_cnt,
        count(*) filter (not is_waived) as open_cnt
    from {{ ref('rpt_findings') }}
    group by rule, form, unit_code, key
),

resolved as (
    select e.rule, e.unit_code, count(*) as resolved_cnt
    from {{ source('register', 'earlier_findings') }} as e
    anti join standing as s
        on e.rule = s.rule and e.form is not distinct from s.form
        and e.unit_code = s.unit_code and e.key = s.key
    group by e.rule, e.unit_code
),

counted as (
    select rule, unit_code, sum(hit_cnt) as hit_cnt, sum(open_cnt) as open_cnt
    from standing
    group by rule, unit_code
)

select
    '{{ var("period") }}' as period,
    coalesce(c.rule, r.rule) as rule,
    coalesce(c.unit_code, r.unit_code) as unit_code,
    cast(coalesce(c.hit_cnt, 0) as integer) as hit_cnt,
    cast(coalesce(c.open_cnt, 0) as integer) as open_cnt,
    cast(coalesce(r.resolved_cnt, 0) as integer) as resolved_cnt
from counted as c
full join resolved as r on c.rule = r.rule and c.unit_code = r.unit_code
union all
select period, rule, unit_code, hit_cnt, open_cnt, resolved_cnt
from {{ source('register', 'earlier_finding_counts') }}
where period < '{{ var("period") }}'
