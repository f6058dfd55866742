-- How complete each form is, as `jijian status` says it too; it is counted where returns land.
select
    c.period, c.form, c.owed_unit_count, c.reported_unit_count,
    c.volume_last_year, c.volume_reported,
    cast(c.volume_reported as double) / nullif(c.volume_last_year, 0) as volume_share
from {{ source('register', 'completeness') }} as c
inner join {{ ref('int_cuts') }} as u on c.period = u.cut_period and u.basis = 'this'
order by c.period, c.form
