-- Items a unit owes that its accepted return leaves out; a nil return states them all.
select
    {{ failing('activities', 'u.unit_code', 't.item_code', 't.label') }}
from {{ as_of_period('int_units_valid') }} as u
inner join {{ as_of_period('int_returns_in_force') }} as r
    on r.form = 'activities' and u.unit_code = r.unit_code and r.period = '{{ var("period") }}'
inner join {{ ref('activity_items') }} as t
    on item_owed(t.item_code, u.unit_type_code, u.unit_code)
anti join {{ as_of_period('int_cur_activities') }} as a
    on u.unit_code = a.unit_code and t.item_code = a.item_code and r.period = a.period
where not r.is_nil
