-- Where each unit of a ranking group stands among its group, with the unit of measure.
select
    places.period,
    places.indicator,
    places.unit_code,
    places.unit_count,
    places.place,
    places.lowest,
    places.lower_quartile,
    places.median,
    places.upper_quartile,
    places.highest,
    indicators.unit_of_measure
from marts.rpt_unit_places as places
inner join marts.dim_indicator as indicators on places.indicator = indicators.indicator
order by places.period, indicators.no, places.unit_code
