-- Generated from queries/conduct_levels.sql by `jijian render`: do not edit.
select rows.* from (select 1) as always left join (
-- Problems against the eight rules as the published table has them: one row per period, what is
-- counted and type, with a column per level. Share of problems: of a type in its kind, of a kind
-- in all; — for too few. 未报 stands for every count where nobody has reported.
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
) as rows on true
