-- Cases filed by ranking group: number, gap and imbalance, one row per period and group.
select
    printed.period,
    case printed.unit_code
        when 'office' then '纪检监察室'
        when 'dispatched' then '派驻机构'
        when 'town' then '镇（街道）'
    end as group_name,
    max(printed.value) filter (printed.indicator = 'case_filed_cnt') as case_cnt,
    max(printed.cell) filter (printed.indicator = 'case_filed_cnt') as case_text,
    max(printed.last_year_text) filter (printed.indicator = 'case_filed_cnt') as last_year_text,
    max(printed.change_text) filter (printed.indicator = 'case_filed_cnt') as change_text,
    coalesce(max(printed.text) filter (printed.indicator = 'zero_case_unit_cnt'), '—') as zero_text,
    coalesce(max(printed.text) filter (
        printed.indicator = 'case_gap_max_min' and printed.slice = 'diff'
    ), '—') as gap_text,
    coalesce(max(printed.text) filter (printed.indicator = 'case_imbalance_cv'), '—') as uneven_text
from printed
where printed.unit_code in ('office', 'dispatched', 'town')
    and printed.indicator in (
        'case_filed_cnt', 'zero_case_unit_cnt', 'case_gap_max_min', 'case_imbalance_cv'
    )
group by all
order by printed.period, group_name
