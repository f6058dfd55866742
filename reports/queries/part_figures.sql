-- The parts of figures as their passports print them, in the shape of `indicator_figures`. The rows
-- behind a share are those of its whole: `rows_number_id`.
with texts as (
    select
        composed.*,
        ends_with(composed.slice, ':share') as is_share,
        regexp_replace(composed.slice, ':share$', '') as part_slice,
        format(
            case composed.unit_of_measure when '万元' then '{:.2f}' else '{:.1f}' end,
            round(
                composed.value::double * case composed.unit_of_measure when '%' then 100 else 1 end,
                case composed.unit_of_measure when '万元' then 2 else 1 end
            )
        )
        || case composed.unit_of_measure when '%' then '%' else '' end as number
    from composed
)

select
    texts.indicator,
    texts.period,
    texts.unit_code,
    coalesce(units_listed.printed_name, if(texts.unit_code = 'QX00', '全区', texts.unit_code))
        as unit_text,
    case texts.unit_code when 'QX00' then -4 else coalesce(units_listed.sort, 999) end::integer
        as unit_sort,
    units_listed.ranking_group,
    texts.slice,
    texts.indicator || '@' || texts.unit_code || '/' || texts.slice as number_id,
    texts.indicator || '@' || texts.unit_code
    || case
        when not texts.is_share then '/' || texts.slice
        when texts.whole_slice = '' then ''
        else '/' || texts.whole_slice
    end as rows_number_id,
    coalesce(part_names.part_name, split_part(texts.part_slice, ':', 2))
    || if(texts.is_share, '：占比', '') as slice_text,
    case
        when texts.status = 'missing' then '未报'
        when texts.status = 'na' then '不适用'
        when not texts.is_printable or texts.value is null then '—'
        else regexp_replace(texts.number, '\.0(\D*)$', '\1')
    end as text,
    coalesce(regexp_replace(format('{:.2f}', texts.numerator), '\.?0+$', ''), '—')
        as numerator_text,
    coalesce(regexp_replace(format('{:.2f}', texts.denominator), '\.?0+$', ''), '—')
        as denominator_text,
    texts.unit_missing_count,
    texts.value,
    texts.numerator,
    texts.denominator
from texts
left join part_names
    on texts.period = part_names.period
    and texts.indicator = part_names.indicator
    and texts.part_slice = part_names.subject || ':' || part_names.part
left join units_listed
    on texts.unit_code = units_listed.unit_code and texts.period = units_listed.period
order by texts.indicator, texts.period, unit_sort, texts.slice
