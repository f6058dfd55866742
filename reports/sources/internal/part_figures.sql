-- Generated from queries/part_figures.sql by `jijian render`: do not edit.
select rows.* from (select 1) as always left join (
-- The parts of figures as their passports print them, in the shape of `indicator_figures`. The rows
-- behind a share are those of its whole: `rows_number_id`.
with figures as (
select
    figures.period,
    figures.indicator,
    figures.unit_code,
    figures.slice,
    figures.indicator || '@' || figures.unit_code || coalesce('/' || nullif(figures.slice, ''), '')
        as number_id,
    figures.value,
    figures.text_value,
    figures.numerator,
    figures.denominator,
    figures.value_last_year,
    figures.change,
    figures.change_rate,
    figures.status,
    figures.unit_missing_count,
    indicators.name_zh,
    coalesce(indicators.forms, '') as forms,
    case indicators.unit_of_measure
        when '随指标' then coalesce(targeted.unit_of_measure, '') else indicators.unit_of_measure
    end as unit_of_measure,
    coalesce(
        indicators.unit_of_measure <> '%'
        or coalesce(targeted.unit_of_measure, '') = '%'
        or figures.denominator >= limits.value,
        true
    ) as is_printable
from marts.rpt_indicators as figures
left join marts.dim_indicator as indicators on figures.indicator = indicators.indicator
left join marts.dim_indicator as targeted on figures.slice = targeted.indicator
left join marts.dim_period as periods on figures.period = periods.period
left join marts.dim_parameter as limits
    on limits.name = 'rate_min_n'
    and periods.ends_on >= limits.valid_from
    and periods.ends_on <= coalesce(limits.valid_to, date '9999-12-31')
order by figures.period, indicators.no, figures.unit_code, figures.slice
),

composed as (
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
),

conduct_levels as (
with counted as (
    select
        cells.period,
        cells.type_code,
        cells.level_code,
        whole.status,
        cells.problem_share,
        cells.whole_problem_count >= limits.value as is_printable,
        unnest([
            {'place': 1, 'name': '查处问题（起）', 'value': cells.problem_count},
            {'place': 2, 'name': '批评教育帮助和处理（人）', 'value': cells.person_count},
            {'place': 3, 'name': '其中党纪政务处分（人）', 'value': cells.punished_count}
        ]) as measure
    from marts.rpt_conduct_levels as cells
    inner join marts.rpt_indicators as whole
        on cells.period = whole.period
        and cells.unit_code = whole.unit_code
        and whole.indicator = 'eight_rules_problem_cnt'
        and whole.slice = ''
    inner join marts.dim_period as periods on cells.period = periods.period
    left join marts.dim_parameter as limits
        on limits.name = 'rate_min_n'
        and periods.ends_on >= limits.valid_from
        and periods.ends_on <= coalesce(limits.valid_to, date '9999-12-31')
    where cells.unit_code = 'QX00'
),

printed_cells as (
    select
        *,
        case status when 'value' then measure.value::text else '未报' end as text,
        case
            when status <> 'value' or not is_printable then '—'
            else regexp_replace(format('{:.1f}', round(problem_share * 100, 1)), '\.0$', '') || '%'
        end as share
    from counted
),

lines as (
    select
        period,
        measure.place,
        measure.name as measure_name,
        type_code,
        level_code,
        text,
        case status when 'value' then measure.value end as number,
        case measure.place when 1 then share else '—' end as share
    from printed_cells
    union all
    select
        period,
        4 as place,
        '问题占比（按级别）' as measure_name,
        type_code,
        level_code,
        share as text,
        null as number,
        '—' as share
    from printed_cells
    where measure.place = 1 and type_code = ''
)

select
    lines.period,
    lines.place,
    lines.measure_name,
    counted.indicator,
    counted.subject,
    lines.type_code,
    coalesce(codes.label, '合计') as type_name,
    length(lines.type_code) = 2 as is_part,
    coalesce(codes.sort::integer, 0) as type_sort,
    max(lines.number) filter (lines.level_code = '') as all_value,
    max(lines.text) filter (lines.level_code = '') as all_text,
    max(lines.text) filter (lines.level_code = '10') as provincial_text,
    max(lines.text) filter (lines.level_code = '20') as prefectural_text,
    max(lines.text) filter (lines.level_code = '3') as county_text,
    max(lines.text) filter (lines.level_code = '4') as township_text,
    max(lines.share) filter (lines.level_code = '') as share_text,
    '/indicators/' || counted.indicator || '?period=' || lines.period || '&number='
    || counted.indicator || '@QX00'
    || case
        when lines.type_code <> '' then '/' || counted.subject || ':' || lines.type_code || ':all'
        when lines.place = 4 then '/problem:all:all:share'
        else ''
    end as page
from lines
inner join (
    values
    (1, 'eight_rules_problem_cnt', 'problem'),
    (2, 'eight_rules_person_cnt', 'handled'),
    (3, 'eight_rules_punished_cnt', 'disciplined'),
    (4, 'eight_rules_problem_cnt', 'problem')
) as counted (place, indicator, subject) on lines.place = counted.place
inner join marts.dim_period as periods on lines.period = periods.period
left join marts.dim_code as codes
    on starts_with(codes.list, 'eight_rules')
    and lines.type_code = codes.code
    and periods.ends_on >= codes.valid_from
    and periods.ends_on <= coalesce(codes.valid_to, date '9999-12-31')
group by all
order by lines.period, lines.place, type_sort
),

breakdowns as (
select
    parts.period,
    parts.indicator,
    parts.part,
    case
        when parts.indicator = 'four_forms_cnt'
            then '第' || substr('一二三四', parts.part::integer, 1) || '种形态'
        when parts.part = '6' then '农村、企业等其他人员'
        else codes.label
    end as part_name,
    parts.value,
    case parts.status
        when 'value' then parts.value::bigint::text
        when 'na' then '不适用'
        when 'suppressed' then '不公开'
        else '未报'
    end as text,
    case
        when parts.status <> 'value' or parts.whole < limits.value then '—'
        else regexp_replace(format('{:.1f}', round(parts.share * 100, 1)), '\.0$', '') || '%'
    end as share_text,
    '/indicators/' || parts.indicator || '?period=' || parts.period || '&number='
    || parts.indicator || '@QX00/'
    || case parts.indicator
        when 'four_forms_cnt' then 'form:' when 'punished_person_cnt' then 'public:' else 'filed:'
    end
    || parts.part as page
from marts.rpt_breakdowns as parts
inner join marts.dim_period as periods on parts.period = periods.period
left join marts.dim_code as codes
    on codes.list = 'rank_level'
    and parts.part = codes.code
    and periods.ends_on >= codes.valid_from
    and periods.ends_on <= coalesce(codes.valid_to, date '9999-12-31')
left join marts.dim_parameter as limits
    on limits.name = 'rate_min_n'
    and periods.ends_on >= limits.valid_from
    and periods.ends_on <= coalesce(limits.valid_to, date '9999-12-31')
where parts.part <> '99' or parts.value > 0
order by parts.period, parts.indicator, parts.part
),

code_parts as (
select
    parts.period,
    parts.unit_code,
    parts.indicator,
    parts.code,
    coalesce(codes.sort::integer, 99) as part_sort,
    case parts.code when '' then '未涉违反纪律' else codes.label end as part_name,
    parts.value,
    case parts.status
        when 'value' then parts.value::bigint::text
        when 'suppressed' then '不公开'
        when 'na' then '不适用'
        else '未报'
    end as text
from marts.rpt_parts as parts
inner join marts.dim_period as periods on parts.period = periods.period
left join marts.dim_code as codes
    on parts.list = codes.list
    and parts.code = codes.code
    and periods.ends_on >= codes.valid_from
    and periods.ends_on <= coalesce(codes.valid_to, date '9999-12-31')
order by parts.period, parts.unit_code, parts.indicator, part_sort
),

part_names as (
with kinds as (
    select distinct
        conduct_levels.period,
        conduct_levels.subject,
        conduct_levels.indicator,
        conduct_levels.type_sort,
        conduct_levels.type_name,
        coalesce(nullif(conduct_levels.type_code, ''), 'all') as type_part
    from conduct_levels
)

select
    compositions.period,
    compositions.subject,
    compositions.indicator,
    compositions.part,
    compositions.part_name,
    compositions.sort
from marts.rpt_compositions as compositions
union all
select
    breakdowns.period,
    case breakdowns.indicator
        when 'four_forms_cnt' then 'form' when 'punished_person_cnt' then 'public' else 'filed'
    end as subject,
    breakdowns.indicator,
    breakdowns.part,
    breakdowns.part_name,
    row_number() over (
        partition by breakdowns.period, breakdowns.indicator order by breakdowns.part
    )::integer as sort
from breakdowns
union all
select
    code_parts.period,
    'case_discipline' as subject,
    code_parts.indicator,
    coalesce(nullif(code_parts.code, ''), 'none') as part,
    code_parts.part_name,
    code_parts.part_sort as sort
from code_parts
where code_parts.indicator = 'case_filed_person_cnt' and code_parts.unit_code = 'QX00'
union all
select
    kinds.period,
    kinds.subject,
    kinds.indicator,
    kinds.type_part || ':' || levels.part as part,
    kinds.type_name || '，' || levels.label as part_name,
    (kinds.type_sort * 10 + levels.place)::integer as sort
from kinds
cross join (
    values
    (1, 'all', '各级合计'),
    (2, '10', '省部级'),
    (3, '20', '地厅级'),
    (4, '3', '县处级'),
    (5, '4', '乡科级及以下')
) as levels (place, part, label)
),

units_listed as (
select
    periods.period,
    units.unit_code,
    units.short_name,
    case when units.ranking_group = 'dispatched' then '驻' || units.short_name
        else units.short_name
    end as printed_name,
    units.ranking_group,
    units.unit_type_code,
    units.sort
from marts.dim_period as periods
inner join marts.dim_unit as units
    on periods.ends_on >= units.valid_from
    and periods.ends_on <= coalesce(units.valid_to, date '9999-12-31')
order by periods.period, units.sort
),

texts as (
    select
        composed.*,
        ends_with(composed.slice, ':share') as is_share,
        regexp_replace(composed.slice, ':share$', '') as part_slice,
        format(
            case composed.unit_of_measure when '万元' then '{:.2f}' else '{:.1f}' end,
            round(
                composed.value::double * case composed.unit_of_measure when '%' then 100 else 1 end,
                case composed.unit_of_measure when '万元' then 2 else 1 end
            )
        )
        || case composed.unit_of_measure when '%' then '%' else '' end as number
    from composed
)

select
    texts.indicator,
    texts.period,
    texts.unit_code,
    coalesce(units_listed.printed_name, if(texts.unit_code = 'QX00', '全区', texts.unit_code))
        as unit_text,
    case texts.unit_code when 'QX00' then -4 else coalesce(units_listed.sort, 999) end::integer
        as unit_sort,
    units_listed.ranking_group,
    texts.slice,
    texts.indicator || '@' || texts.unit_code || '/' || texts.slice as number_id,
    texts.indicator || '@' || texts.unit_code
    || case
        when not texts.is_share then '/' || texts.slice
        when texts.whole_slice = '' then ''
        else '/' || texts.whole_slice
    end as rows_number_id,
    coalesce(part_names.part_name, split_part(texts.part_slice, ':', 2))
    || if(texts.is_share, '：占比', '') as slice_text,
    case
        when texts.status = 'missing' then '未报'
        when texts.status = 'na' then '不适用'
        when not texts.is_printable or texts.value is null then '—'
        else regexp_replace(texts.number, '\.0(\D*)$', '\1')
    end as text,
    coalesce(regexp_replace(format('{:.2f}', texts.numerator), '\.?0+$', ''), '—')
        as numerator_text,
    coalesce(regexp_replace(format('{:.2f}', texts.denominator), '\.?0+$', ''), '—')
        as denominator_text,
    texts.unit_missing_count,
    texts.value,
    texts.numerator,
    texts.denominator
from texts
left join part_names
    on texts.period = part_names.period
    and texts.indicator = part_names.indicator
    and texts.part_slice = part_names.subject || ':' || part_names.part
left join units_listed
    on texts.unit_code = units_listed.unit_code and texts.period = units_listed.period
order by texts.indicator, texts.period, unit_sort, texts.slice
) as rows on true
