-- Generated from queries/correction_moves.sql by `jijian render`: do not edit.
select rows.* from (select 1) as always left join (
-- Which figures of the district and of the unit itself a correction moved, without their parts,
-- the district's first. Rounded before they are formatted, as every printed figure is.
with indicator_titles as (
select
    indicators.indicator,
    row_number() over (order by indicators.no)::integer as place,
    regexp_replace(indicators.name_zh, '^其中|[（(][^）)]*[）)]', '', 'g') as title
from marts.dim_indicator as indicators
order by place
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

worded as (
    select
        moves.*,
        case indicators.unit_of_measure when '%' then 100 else 1 end as scale,
        case indicators.unit_of_measure when '%' then '%' else '' end as sign,
        case indicators.unit_of_measure when '万元' then 2 else 1 end as places
    from marts.rpt_correction_moves as moves
    inner join marts.dim_indicator as indicators on moves.indicator = indicators.indicator
    where moves.slice = '' and moves.figure_unit_code in ('QX00', moves.unit_code)
),

printed_moves as (
    select
        *,
        format('{:.' || places || 'f}', round(value_before * scale, places)) || sign as before_text,
        format('{:.' || places || 'f}', round(value * scale, places)) || sign as now_text
    from worded
)

select
    moves.period,
    coalesce(units_listed.printed_name, moves.unit_code) as short_name,
    strftime(moves.received_at, '%Y-%m-%d %H:%M') as received_at_text,
    indicator_titles.title,
    indicator_titles.place,
    case moves.figure_unit_code when 'QX00' then '全区' else '本单位' end as scope_text,
    coalesce(regexp_replace(moves.before_text, '\.0(\D*)$', '\1'), '—') as before_text,
    coalesce(regexp_replace(moves.now_text, '\.0(\D*)$', '\1'), '—') as now_text
from printed_moves as moves
inner join indicator_titles on moves.indicator = indicator_titles.indicator
left join units_listed
    on moves.unit_code = units_listed.unit_code and moves.period = units_listed.period
order by
    moves.period asc, moves.received_at desc, units_listed.sort asc,
    moves.figure_unit_code <> 'QX00' asc, indicator_titles.place asc
) as rows on true
