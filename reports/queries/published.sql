-- The district's figures in the order of the national quarterly bulletins, as printed: one row per
-- period and figure.
select
    printed.period,
    published_lines.place,
    published_lines.heading,
    published_lines.label,
    published_lines.counter,
    printed.text,
    printed.passport as page,
    printed.last_year_text,
    printed.change_text,
    printed.change_rate_text
from printed
inner join published_lines
    on printed.period = published_lines.period
    and printed.indicator = published_lines.indicator
    and printed.slice = published_lines.slice
where printed.unit_code = 'QX00'
order by printed.period, published_lines.place
