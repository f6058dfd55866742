-- The four winds in each unit as printed, one row per period and unit that owes the ledger.
select
    printed.period,
    printed.unit_code,
    units_listed.printed_name as short_name,
    units_listed.sort::integer as unit_sort,
    max(printed.cell) filter (printed.indicator = 'eight_rules_problem_cnt') as problem_cnt,
    max(printed.cell) filter (printed.indicator = 'eight_rules_person_cnt') as person_cnt,
    max(printed.cell) filter (printed.indicator = 'eight_rules_punished_cnt') as punished_cnt,
    max(printed.cell) filter (printed.indicator = 'formalism_problem_cnt') as formalism_cnt,
    max(printed.cell) filter (printed.indicator = 'hedonism_problem_cnt') as hedonism_cnt,
    coalesce(
        max(printed.cell) filter (printed.indicator = 'spot_check_cnt'), '不适用'
    ) as spot_check_cnt,
    case
        when max(printed.unit_missing_count) filter (
                printed.indicator = 'eight_rules_problem_cnt'
            ) > 0 then '未报'
        else '已报'
    end as reported_text
from printed
inner join units_listed
    on printed.unit_code = units_listed.unit_code and printed.period = units_listed.period
where printed.slice = ''
    and printed.indicator in (
        'eight_rules_problem_cnt',
        'eight_rules_person_cnt',
        'eight_rules_punished_cnt',
        'formalism_problem_cnt',
        'hedonism_problem_cnt',
        'spot_check_cnt'
    )
group by all
having problem_cnt is not null
order by printed.period, unit_sort
