-- Every figure as it is printed: zero, 未报, 不适用 and — (too few for a rate, or no figure of
-- last year) are four marks. `marked` also says where a unit has not reported: * at a figure that
-- is carried forward, 未报 in place of a zero. `cell` is `marked` with its whole part set right by
-- blanks, so that cells sort as numbers do; HTML shows the blanks as none. Halves are rounded up
-- (31.25 is 31.3), which format() alone does not. `passport` is the page that explains the figure.
with patterns as (
    select
        figures.*,
        periods.starts_on as month_on,
        case figures.unit_of_measure when '%' then 100 else 1 end as scale,
        case figures.unit_of_measure when '%' then '%' else '' end as sign,
        case figures.unit_of_measure when '%' then '个百分点' else '' end as point,
        case figures.unit_of_measure when '万元' then 2 else 1 end as places,
        figures.status = 'value' and figures.is_printable as is_shown
    from figures
    inner join marts.dim_period as periods on figures.period = periods.period
),

numbers as (
    select
        *,
        format('{:.' || places || 'f}', round(value * scale, places)) || sign as value_number,
        format('{:.' || places || 'f}', round(value_last_year * scale, places)) || sign
            as last_year_number,
        format('{:+.' || places || 'f}', round(change * scale, places)) || point as change_number,
        format('{:+.1f}', round(change_rate * 100, 1)) || '%' as change_rate_number
    from patterns
),

texts as (
    select
        *,
        case
            when status = 'missing' then '未报'
            when status = 'suppressed' then '不公开'
            when status = 'na' then '不适用'
            when not is_shown then '—'
            else coalesce(text_value, regexp_replace(value_number, '\.0(\D*)$', '\1'), '—')
        end as text,
        coalesce(regexp_replace(last_year_number, '\.0(\D*)$', '\1'), '—') as last_year_text,
        case
            when change is null or not is_shown then '—'
            when change = 0 then '持平'
            else regexp_replace(change_number, '\.0(\D*)$', '\1')
        end as change_text,
        case
            when change_rate is null or change = 0 or not is_shown then '—'
            else regexp_replace(change_rate_number, '\.0(\D*)$', '\1')
        end as change_rate_text
    from numbers
)

select
    period,
    month_on,
    indicator,
    unit_code,
    slice,
    number_id,
    '/indicators/' || indicator || '?period=' || period || '&number=' || number_id as passport,
    regexp_replace(name_zh, '^其中|[（(][^）)]*[）)]', '', 'g')
    || case unit_of_measure when '%' then '' else '（' || unit_of_measure || '）' end as title,
    status,
    case when is_shown then value end as value,
    text_value,
    text,
    last_year_text,
    change_text,
    change_rate_text,
    case
        when unit_code = 'QX00' or unit_missing_count = 0 or not is_shown then text
        when value = 0 then '未报'
        else text || '*'
    end as marked,
    case
        when regexp_matches(marked, '^[0-9]')
            then repeat(' ', 8 - length(regexp_extract(marked, '^[0-9]+'))) || marked
        else marked
    end as cell,
    unit_missing_count,
    numerator,
    denominator
from texts
