-- Cases of each unit as printed, one row per period and unit that owes the ledger.
select
    printed.period,
    printed.unit_code,
    units_listed.printed_name as short_name,
    units_listed.sort::integer as unit_sort,
    coalesce(units_listed.ranking_group, '') as ranking_group,
    '/units/' || printed.unit_code as page,
    max(printed.cell) filter (printed.indicator = 'unit_case_filed_cnt') as unit_case_filed_cnt,
    max(printed.cell) filter (printed.indicator = 'self_case_cnt') as self_case_cnt,
    coalesce(
        max(printed.cell) filter (printed.indicator = 'case_rank_in_type'), '—'
    ) as case_rank_in_type,
    max(printed.cell) filter (printed.indicator = 'punished_person_cnt') as punished_person_cnt,
    max(printed.last_year_text) filter (printed.indicator = 'unit_case_filed_cnt')
        as last_year_text,
    max(printed.value) filter (printed.indicator = 'unit_case_filed_cnt') as case_cnt,
    case when max(printed.unit_missing_count) > 0 then '未报' else '已报' end as reported_text
from printed
inner join units_listed
    on printed.unit_code = units_listed.unit_code and printed.period = units_listed.period
where printed.unit_code <> 'QX00' and printed.slice = ''
    and printed.indicator in (
        'unit_case_filed_cnt', 'self_case_cnt', 'case_rank_in_type', 'punished_person_cnt'
    )
group by all
order by printed.period, unit_sort
