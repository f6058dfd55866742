-- Every figure as pages print it: with the target of its year, and the page that explains that one.
select
    printed.period,
    printed.month_on,
    printed.indicator,
    printed.unit_code,
    printed.slice,
    regexp_replace(replace(printed.title, ':', '：'), '"([^"]*)"', '“\1”', 'g')
    || case printed.slice when '' then '' else '：' || slice_labels.slice_text end as name,
    printed.value,
    printed.marked as text,
    printed.cell,
    printed.last_year_text,
    case when printed.title like '%（名次）' then '—' else printed.change_text end as change_text,
    case when printed.title like '%（名次）' then '—' else printed.change_rate_text end
        as change_rate_text,
    coalesce(aims.direction_text || aims.target_text, '—') as target_text,
    coalesce(
        case when aims.progress_text <> '—' then '完成' || aims.progress_text || '，' else '' end
        || aims.standing_text, '—'
    ) as progress_text,
    printed.passport as page
from printed
inner join slice_labels
    on printed.indicator = slice_labels.indicator and printed.slice = slice_labels.slice
left join aims
    on printed.slice = ''
    and printed.indicator = aims.indicator
    and printed.period = aims.period
    and printed.unit_code = aims.unit_code
order by printed.period, printed.indicator, printed.unit_code, printed.slice
