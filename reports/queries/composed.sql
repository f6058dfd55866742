-- The parts of figures as figures of their own, in the shape of `figures`: the slice `subject:part`
-- is the count, `subject:part:share` its share of the whole, whose slice is `whole_slice`. Subjects
-- are those of the compositions; `lead_source`, `lead_method` and `case_discipline` also of units;
-- `public` and `filed`, the ranks of persons punished and filed as they are published; `form`, the
-- four forms; and `problem`, `handled` and `disciplined`, the cells `type:level` of the table of
-- problems against the eight rules, with `all` for its totals.
with cells as (
    select
        levels.period,
        levels.problem_count,
        levels.person_count,
        levels.punished_count,
        levels.whole_problem_count,
        levels.problem_share,
        coalesce(nullif(levels.type_code, ''), 'all') as type_part,
        coalesce(nullif(levels.level_code, ''), 'all') as level_part,
        -- A type is a part of its kind, a kind of all, a level of all types a part of all levels.
        case when length(levels.type_code) = 2 then left(levels.type_code, 1) else 'all' end
            as whole_type_part,
        case when levels.type_code = '' then 'all' else level_part end as whole_level_part
    from marts.rpt_conduct_levels as levels
    where levels.unit_code = 'QX00'
),

conduct_counts as (
    select
        cells.period,
        cells.problem_share,
        cells.whole_problem_count,
        cells.type_part || ':' || cells.level_part as part,
        case
            when cells.whole_type_part || cells.whole_level_part <> 'allall'
                then 'problem:' || cells.whole_type_part || ':' || cells.whole_level_part
            else ''
        end as whole_slice,
        unnest([
            {'of': 'eight_rules_problem_cnt', 'subject': 'problem', 'value': cells.problem_count},
            {'of': 'eight_rules_person_cnt', 'subject': 'handled', 'value': cells.person_count},
            {
                'of': 'eight_rules_punished_cnt', 'subject': 'disciplined',
                'value': cells.punished_count
            }
        ]) as counted
    from cells
),

parts as (
    select
        compositions.period,
        'QX00' as unit_code,
        compositions.indicator,
        compositions.slice as figure_slice,
        compositions.slice as whole_slice,
        compositions.subject || ':' || compositions.part as part_slice,
        compositions.value,
        compositions.value_last_year,
        compositions.whole,
        compositions.share,
        true as has_share
    from marts.rpt_compositions as compositions
    union all
    select
        breakdowns.period,
        'QX00' as unit_code,
        breakdowns.indicator,
        '' as figure_slice,
        '' as whole_slice,
        case breakdowns.indicator
            when 'four_forms_cnt' then 'form:'
            when 'punished_person_cnt' then 'public:'
            else 'filed:'
        end
        || breakdowns.part as part_slice,
        breakdowns.value,
        null as value_last_year,
        breakdowns.whole,
        breakdowns.share,
        true as has_share
    from marts.rpt_breakdowns as breakdowns
    union all
    select
        codes.period,
        codes.unit_code,
        codes.indicator,
        '' as figure_slice,
        '' as whole_slice,
        case codes.list
            when 'discipline_type' then 'case_discipline:'
            when 'lead_source' then 'lead_source:'
            else 'lead_method:'
        end
        || coalesce(nullif(codes.code, ''), 'none') as part_slice,
        codes.value,
        null as value_last_year,
        null as whole,
        null as share,
        false as has_share
    from marts.rpt_parts as codes
    where codes.unit_code <> 'QX00' or codes.list = 'discipline_type'
    union all
    select
        conduct_counts.period,
        'QX00' as unit_code,
        conduct_counts.counted.of as indicator,
        '' as figure_slice,
        if(conduct_counts.counted.subject = 'problem', conduct_counts.whole_slice, '')
            as whole_slice,
        conduct_counts.counted.subject || ':' || conduct_counts.part as part_slice,
        conduct_counts.counted.value,
        null as value_last_year,
        conduct_counts.whole_problem_count as whole,
        conduct_counts.problem_share as share,
        conduct_counts.counted.subject = 'problem' as has_share
    from conduct_counts
),

beside as (
    select
        parts.* exclude (value, share),
        case figures.status when 'value' then parts.value end as value,
        case figures.status when 'value' then parts.share end as share,
        figures.status,
        figures.unit_missing_count,
        figures.name_zh,
        figures.forms,
        figures.unit_of_measure,
        limits.value as least
    from parts
    inner join figures
        on parts.period = figures.period
        and parts.indicator = figures.indicator
        and parts.figure_slice = figures.slice
        and parts.unit_code = figures.unit_code
    inner join marts.dim_period as periods on parts.period = periods.period
    left join marts.dim_parameter as limits
        on limits.name = 'rate_min_n'
        and periods.ends_on >= limits.valid_from
        and periods.ends_on <= coalesce(limits.valid_to, date '9999-12-31')
)

select
    period,
    indicator,
    unit_code,
    part_slice as slice,
    whole_slice,
    value,
    null::varchar as text_value,
    null::double as numerator,
    null::double as denominator,
    value_last_year,
    value - value_last_year as change,
    (value - value_last_year) / nullif(value_last_year, 0) as change_rate,
    status,
    unit_missing_count,
    name_zh,
    forms,
    unit_of_measure,
    true as is_printable
from beside
union all
select
    period,
    indicator,
    unit_code,
    part_slice || ':share' as slice,
    whole_slice,
    share as value,
    null as text_value,
    value as numerator,
    whole as denominator,
    null as value_last_year,
    null as change,
    null as change_rate,
    case when status = 'value' and share is null then 'na' else status end as status,
    unit_missing_count,
    name_zh,
    forms,
    '%' as unit_of_measure,
    coalesce(whole >= least, true) as is_printable
from beside
where has_share
