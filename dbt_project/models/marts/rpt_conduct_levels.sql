-- Problems against the eight rules by type and level, as the published tables have them. Totals are
-- rows of their own (code ''), counted anew: a person in two cells counts once in their total.
with problems as (
    select
        *,
        left(type_code, 1) as kind_code
    from ({{ by_unit('conduct_problems', 'int_conduct_problems') }})
    where basis = 'this' and problem_no is not null
),

counted as (
    select
        cut_period as period,
        scope_unit_code as unit_code,
        case when grouping(type_code) = 0 then type_code when grouping(kind_code) = 0 then kind_code
            else ''
        end as type_code,
        case when grouping(level_code) = 0 then level_code else '' end as level_code,
        count(distinct problem_no) filter (is_problem_in_year) as problem_count,
        count(distinct person_key) filter (is_handled_in_year) as person_count,
        count(distinct person_key) filter (is_handled_in_year and is_punished) as punished_count
    from problems
    group by
        cut_period,
        scope_unit_code,
        grouping sets (
            (kind_code, type_code, level_code), (kind_code, type_code), (kind_code, level_code),
            (kind_code), (level_code), ()
        )
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
