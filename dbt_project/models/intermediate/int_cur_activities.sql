-- Every accepted month stays: the tally form states the month's own counts.
with stated as ({{ statements('activities') }})

select s.*, u.rolled_up_unit_code
from stated as s
inner join {{ ref('int_rolled_units') }} as u
    on s.cut_period = u.cut_period and s.unit_code = u.unit_code
