-- Every figure as printed, one row per indicator, period, unit and part.
select
    printed.indicator,
    printed.period,
    printed.unit_code,
    coalesce(
        units_listed.printed_name,
        case printed.unit_code
            when 'QX00' then '全区'
            when 'office' then '纪检监察室'
            when 'dispatched' then '派驻机构'
            when 'town' then '镇（街道）'
            else printed.unit_code
        end
    ) as unit_text,
    case printed.unit_code
        when 'QX00' then -4
        when 'office' then -3
        when 'dispatched' then -2
        when 'town' then -1
        else coalesce(units_listed.sort, 999)
    end::integer as unit_sort,
    units_listed.ranking_group,
    printed.slice,
    printed.number_id,
    printed.passport,
    slice_labels.slice_text,
    -- The search of a table fails on an empty cell.
    case printed.cell when '' then '无' else printed.cell end as text,
    printed.last_year_text,
    printed.change_text,
    printed.change_rate_text,
    coalesce(regexp_replace(format('{:.2f}', printed.numerator), '\.?0+$', ''), '—')
        as numerator_text,
    coalesce(regexp_replace(format('{:.2f}', printed.denominator), '\.?0+$', ''), '—')
        as denominator_text,
    printed.unit_missing_count
from printed
inner join slice_labels
    on printed.indicator = slice_labels.indicator and printed.slice = slice_labels.slice
left join units_listed
    on printed.unit_code = units_listed.unit_code and printed.period = units_listed.period
order by printed.indicator, printed.period, unit_sort, printed.slice
