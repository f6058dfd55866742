-- What the wide audience may see of a release; run on a copy of its marts before any query reads
-- them. No unit: neither its name nor a figure of its own. No cell of fewer than small_cell_k
-- persons, cases or leads: it is withheld, and where it is part of a split, the smallest other cell
-- with it, so that it cannot be had by subtraction. Splits are kept for the latest period only: two
-- months would tell such a cell by their difference.
create temp table bounds as
select
    max(figures.period) as period,
    max(parameters.value) as k
from marts.rpt_indicators as figures
cross join marts.dim_parameter as parameters
where parameters.name = 'small_cell_k';

-- Figures of units and what tells of one unit among others; ranks, of which the public levels are
-- kept in rpt_breakdowns: two splits of the same persons would undo each other's gaps.
delete from marts.rpt_indicators
where
    unit_code not in ('QX00', 'office', 'dispatched', 'town')
    or (unit_code <> 'QX00' and indicator <> 'case_filed_cnt')
    or text_value is not null
    or regexp_matches(indicator, '_unit_list$|^livelihood_campaign_output|^npl_')
    or slice like 'rank:%';

-- The rows behind a figure are told by unit and form.
delete from marts.rpt_figure_rows;

create temp table counted as
select indicators.indicator
from marts.dim_indicator as indicators
where
    indicators.unit_of_measure in (
        '人', '名', '人次', '件', '起', '案', '件(起)', '件(次)', '条(件)', '件/人'
    );

delete from marts.rpt_indicators
where
    slice <> ''
    and indicator in (select counted.indicator from counted)
    and period < (select bounds.period from bounds);

create temp table withheld as
with cells as (
    select
        figures.indicator,
        figures.period,
        figures.unit_code,
        figures.slice,
        figures.value,
        figures.slice <> '' or figures.unit_code <> 'QX00' as is_part,
        coalesce(figures.value > 0 and figures.value < bounds.k, false)
        or coalesce(figures.value_last_year > 0 and figures.value_last_year < bounds.k, false)
            as is_small
    from marts.rpt_indicators as figures
    cross join bounds
    semi join counted on figures.indicator = counted.indicator
),

ranked as (
    select
        *,
        bool_or(is_small) over (partition by indicator, period, is_part) as has_small,
        row_number() over (
            partition by indicator, period, is_part, is_small or value = 0
            order by value, slice, unit_code
        ) as nth
    from cells
)

select
    indicator,
    period,
    unit_code,
    slice
from ranked
where is_small or (is_part and has_small and value > 0 and nth = 1)
union
-- A rate tells a small numerator, or the small rest of its denominator.
select
    figures.indicator,
    figures.period,
    figures.unit_code,
    figures.slice
from marts.rpt_indicators as figures
cross join bounds
inner join marts.dim_indicator as indicators on figures.indicator = indicators.indicator
where
    indicators.unit_of_measure = '%'
    and regexp_matches(
        indicators.forms, 'leads|cases|petitions|disposals|punishments|conduct|transfers'
    )
    and (
        (figures.numerator >= 1 and figures.numerator < bounds.k)
        or figures.denominator - figures.numerator between 1 and bounds.k - 1
    );

update marts.rpt_indicators
set
    value = null,
    numerator = null,
    denominator = null,
    value_last_year = null,
    change = null,
    change_rate = null,
    status = 'suppressed'
from withheld
where
    rpt_indicators.indicator = withheld.indicator
    and rpt_indicators.period = withheld.period
    and rpt_indicators.unit_code = withheld.unit_code
    and rpt_indicators.slice = withheld.slice;

delete from marts.rpt_breakdowns where period < (select bounds.period from bounds);
delete from marts.rpt_parts
where unit_code <> 'QX00' or period < (select bounds.period from bounds);

create temp table withheld_parts as
with cells as (
    select
        indicator,
        'breakdown' as origin,
        part,
        value
    from marts.rpt_breakdowns
    union all
    select
        indicator,
        'part' as origin,
        code as part,
        value
    from marts.rpt_parts
),

ranked as (
    select
        cells.*,
        cells.value < bounds.k as is_small,
        bool_or(cells.value < bounds.k) over (
            partition by cells.indicator, cells.origin
        ) as has_small,
        row_number() over (
            partition by cells.indicator, cells.origin, cells.value < bounds.k
            order by cells.value, cells.part
        ) as nth
    from cells
    cross join bounds
    where cells.value > 0
)

select
    indicator,
    origin,
    part
from ranked
where is_small or (has_small and nth = 1);

update marts.rpt_breakdowns
set
    value = null,
    share = null,
    status = 'suppressed'
from withheld_parts
where
    withheld_parts.origin = 'breakdown'
    and rpt_breakdowns.indicator = withheld_parts.indicator
    and rpt_breakdowns.part = withheld_parts.part;

update marts.rpt_parts
set
    value = null,
    status = 'suppressed'
from withheld_parts
where
    withheld_parts.origin = 'part'
    and rpt_parts.indicator = withheld_parts.indicator
    and rpt_parts.code = withheld_parts.part;

-- Problems against the eight rules: the two kinds and their sum, without types and levels; nothing
-- where one of them is small.
delete from marts.rpt_conduct_levels
where
    unit_code <> 'QX00'
    or level_code <> ''
    or length(type_code) > 1
    or period < (select bounds.period from bounds);
delete from marts.rpt_conduct_levels
where exists (
    select 1
    from marts.rpt_conduct_levels as cells
    cross join bounds
    where
        cells.problem_count between 1 and bounds.k - 1
        or cells.person_count between 1 and bounds.k - 1
        or cells.punished_count between 1 and bounds.k - 1
);

-- Identities name the parts that were withheld.
delete from marts.rpt_identities;

-- Findings by rule, returns by form: whose they are is not told.
update marts.rpt_finding_counts set unit_code = null;
update marts.rpt_findings set unit_code = null, key = null, message = null, effect = null;
update marts.rpt_returns set unit_code = null;
delete from marts.dim_unit;

drop table bounds;
drop table counted;
drop table withheld;
drop table withheld_parts;
