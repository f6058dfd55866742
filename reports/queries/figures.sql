-- Every figure with the unit of measure of its indicator (of a target: of what is aimed at), and
-- whether its denominator is large enough for the rate to be printed (where it counts something:
-- a rate that is aimed at does not). `number_id` is the figure's id, wherever it is printed.
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
