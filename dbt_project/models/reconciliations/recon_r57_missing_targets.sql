-- Targets for what is no indicator, and units without a target that others of their group have;
-- a figure the unit does not have needs no target.
with targeted as (
    select distinct t.indicator_id, u.ranking_group
    from {{ as_of_period('int_targets') }} as t
    inner join {{ as_of_period('int_units_valid') }} as u on t.unit_code = u.unit_code
    where u.ranking_group is not null
),

missing as (
    select g.indicator_id, u.unit_code
    from targeted as g
    inner join {{ as_of_period('int_units_valid') }} as u on g.ranking_group = u.ranking_group
    anti join {{ as_of_period('int_targets') }} as t
        on g.indicator_id = t.indicator_id and u.unit_code = t.unit_code
    semi join {{ as_of_period('int_compared') }} as f
        on g.indicator_id = f.indicator and u.unit_code = f.unit_code
),

reporting as (
    select indicator_id, min(unit_code) as unit_code
    from {{ as_of_period('int_cur_targets') }}
    group by indicator_id
)

select
    {{ failing('targets', 't.unit_code', "t.indicator_id || '/' || t.target_unit_code",
               "'指标目录无此编号'") }},
    'error' as severity
from {{ as_of_period('int_cur_targets') }} as t
anti join {{ ref('indicators') }} as i on t.indicator_id = i.indicator
union all
select
    {{ failing('targets', 'r.unit_code', "m.indicator_id || '/' || m.unit_code",
               "'同组单位有此目标，该单位没有'") }},
    'warning'
from missing as m
inner join reporting as r on m.indicator_id = r.indicator_id
