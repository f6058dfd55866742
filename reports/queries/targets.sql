-- Targets of the year beside what was reached and the time that has gone: one row per period,
-- target and unit. A target not to be exceeded is behind as soon as it is exceeded.
select
    aims.period,
    aims.unit_code,
    coalesce(units_listed.printed_name, '全区') as short_name,
    coalesce(units_listed.sort, 0)::integer as unit_sort,
    coalesce(reached.title, indicator_titles.title) as title,
    aims.indicator,
    aims.direction_text,
    aims.target_cell,
    coalesce(reached.cell, '—') as reached_cell,
    aims.progress_cell,
    aims.progress,
    coalesce(schedule.text, '—') as schedule_text,
    aims.gap_cell,
    aims.standing_text,
    aims.standing_text in ('已超过', '落后序时') as is_behind,
    coalesce(reached.passport, '/indicators/' || aims.indicator) as page
from aims
inner join indicator_titles on aims.indicator = indicator_titles.indicator
left join printed as reached
    on aims.indicator = reached.indicator
    and aims.period = reached.period
    and aims.unit_code = reached.unit_code
    and reached.slice = ''
left join printed as schedule
    on schedule.indicator = 'schedule_progress_share' and aims.period = schedule.period
left join units_listed
    on aims.unit_code = units_listed.unit_code and aims.period = units_listed.period
order by aims.period, unit_sort, aims.indicator
