-- Problems against the eight rules by type and level, as the published tables have them. Totals are
-- rows of their own (code '').
with cells_of as (
    select
        cut_period as period,
        unit_code,
        subject,
        value,
        replace(split_part(part, ':', 1), 'all', '') as type_code,
        replace(split_part(part, ':', 2), 'all', '') as level_code
    from {{ ref('int_parts') }}
    where basis = 'this' and subject in ('problem', 'handled', 'disciplined')
),

counted as (
    select
        period,
        unit_code,
        type_code,
        level_code,
        coalesce(max(value) filter (subject = 'problem'), 0) as problem_count,
        coalesce(max(value) filter (subject = 'handled'), 0) as person_count,
        coalesce(max(value) filter (subject = 'disciplined'), 0) as punished_count
    from cells_of
    group by all
),

types as (
    select code from {{ ref('code_lists') }}
    where list = 'eight_rules_type'
    union
    select '' as code
),

levels as (
    select unnest(['', '10', '20', '3', '4']) as code
),

-- Every cell of the district; of a unit only what is not zero.
cells as (
    select
        cuts.cut_period as period,
        'QX00' as unit_code,
        types.code as type_code,
        levels.code as level_code
    from {{ ref('int_cuts') }} as cuts
    cross join types
    cross join levels
    where cuts.basis = 'this'
    union
    select
        period,
        unit_code,
        type_code,
        level_code
    from counted
    where problem_count + person_count > 0
),

filled as (
    select
        cells.*,
        case length(cells.type_code) when 2 then left(cells.type_code, 1) else '' end
            as whole_type,
        case when cells.type_code = '' then '' else cells.level_code end as whole_level,
        coalesce(counted.problem_count, 0) as problem_count,
        coalesce(counted.person_count, 0) as person_count,
        coalesce(counted.punished_count, 0) as punished_count
    from cells
    left join counted using (period, unit_code, type_code, level_code)
)

select
    part.period,
    part.unit_code,
    part.type_code,
    part.level_code,
    cast(part.problem_count as integer) as problem_count,
    cast(part.person_count as integer) as person_count,
    cast(part.punished_count as integer) as punished_count,
    cast(whole.problem_count as integer) as whole_problem_count,
    part.problem_count / nullif(cast(whole.problem_count as double), 0) as problem_share
from filled as part
left join filled as whole
    on part.period = whole.period
    and part.unit_code = whole.unit_code
    and part.whole_type = whole.type_code
    and part.whole_level = whole.level_code
order by part.period, part.unit_code, part.type_code, part.level_code
