select
    c.cut_period, c.basis, c.as_of, c.year_start, c.stated_to,
    u.unit_code, u.short_name, u.unit_type_code, u.ranking_group, u.sort
from {{ ref('int_cuts') }} as c
inner join {{ ref('units') }} as u
    on c.roll_up_on between u.valid_from and coalesce(u.valid_to, date '9999-12-31')
