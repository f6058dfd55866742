-- A unit no longer valid on the last day of the period counts under its successor.
with recursive days as (
    select distinct cut_period, roll_up_on from {{ ref('int_cuts') }}
),

codes as (
    select distinct unit_code from {{ ref('units') }}
),

walk as (
    select d.cut_period, d.roll_up_on, u.unit_code, u.unit_code as rolled_up_unit_code
    from days as d
    cross join codes as u
    union
    select w.cut_period, w.roll_up_on, w.unit_code, u.successor_code
    from walk as w
    inner join {{ ref('units') }} as u
        on w.rolled_up_unit_code = u.unit_code
        and u.successor_code is not null and w.roll_up_on > u.valid_to
)

select w.cut_period, w.unit_code, w.rolled_up_unit_code
from walk as w
qualify
    row_number() over (
        partition by w.cut_period, w.unit_code
        order by (
            select count(*)
            from {{ ref('units') }} as v
            where v.unit_code = w.rolled_up_unit_code
                and w.roll_up_on between v.valid_from and coalesce(v.valid_to, date '9999-12-31')
        ) desc, w.rolled_up_unit_code = w.unit_code desc
    ) = 1
