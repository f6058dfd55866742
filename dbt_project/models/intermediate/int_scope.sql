-- Who has a row: the units that owe the form, a yearly one in January only, and the district.
select
    o.form, u.cut_period, u.basis, u.as_of, u.year_start, u.unit_code, u.ranking_group,
    r.return_id is null as is_missing
from {{ source('register', 'owed') }} as o
inner join {{ ref('int_units_valid') }} as u on o.unit_type_code = u.unit_type_code
left join {{ ref('int_returns_in_force') }} as r
    on u.cut_period = r.cut_period and u.basis = r.basis and o.form = r.form
    and u.unit_code = r.unit_code and u.stated_to = r.period
where o.kind <> 'yearly' or ends_with(u.stated_to, '-01')
union all
select distinct o.form, c.cut_period, c.basis, c.as_of, c.year_start, 'QX00', null, false
from {{ source('register', 'owed') }} as o
cross join {{ ref('int_cuts') }} as c
