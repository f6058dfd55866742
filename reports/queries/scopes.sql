-- What a page can be narrowed to: the district, then every unit with figures under its last name.
select
    'QX00' as unit_code,
    '全区' as scope_text,
    0 as place
union all
select
    units.unit_code,
    units.short_name as scope_text,
    units.unit_sort as place
from units
order by place
