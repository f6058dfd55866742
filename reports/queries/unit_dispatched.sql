-- What each resident group did as printed, one row per period and group.
select
    printed.period,
    printed.unit_code,
    units_listed.printed_name as short_name,
    units_listed.sort::integer as unit_sort,
    max(printed.cell) filter (printed.indicator = 'disp_case_filed_cnt') as case_cnt,
    max(printed.value) filter (printed.indicator = 'disp_case_filed_cnt') as case_value,
    max(printed.cell) filter (printed.indicator = 'disp_inspection_cnt') as inspection_cnt,
    max(printed.cell) filter (printed.indicator = 'disp_problem_found_cnt') as problem_cnt,
    max(printed.cell) filter (printed.indicator = 'disp_talk_cnt') as talk_cnt,
    max(printed.cell) filter (printed.indicator = 'disp_three_major_meeting_cnt') as meeting_cnt,
    max(printed.cell) filter (printed.indicator = 'disp_joint_study_cnt') as study_cnt,
    max(printed.cell) filter (printed.indicator = 'disp_written_suggestion_cnt') as suggestion_cnt
from printed
inner join units_listed
    on printed.unit_code = units_listed.unit_code and printed.period = units_listed.period
where printed.slice = '' and printed.indicator like 'disp\_%' escape '\'
    and units_listed.ranking_group = 'dispatched'
group by all
order by printed.period, unit_sort
