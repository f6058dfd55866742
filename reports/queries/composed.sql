-- The parts of district figures as figures of their own, in the shape of `figures`: the slice
-- `subject:part` is the count, `subject:part:share` its share of the whole. Subjects are those of
-- the compositions; `public` and `filed`, the ranks of persons punished and filed as they are
-- published; and `form`, the four forms.
with parts as (
    select
        compositions.period,
        compositions.indicator,
        compositions.slice as whole_slice,
        compositions.subject || ':' || compositions.part as part_slice,
        compositions.value,
        compositions.value_last_year,
        compositions.whole,
        compositions.share
    from marts.rpt_compositions as compositions
    union all
    select
        breakdowns.period,
        breakdowns.indicator,
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
        breakdowns.share
    from marts.rpt_breakdowns as breakdowns
),

beside as (
    select
        parts.*,
        figures.unit_code,
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
        and parts.whole_slice = figures.slice
        and figures.unit_code = 'QX00'
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
