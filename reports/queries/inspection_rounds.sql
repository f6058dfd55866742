-- Rectification of what the inspections of the district committee found: one row per period, round.
select
    printed.period,
    split_part(printed.slice, ':', 1) as round_code,
    '第' || split_part(printed.slice, ':', 1) || '轮' as round_name,
    max(printed.cell) filter (printed.indicator = 'insp_feedback_problem_cnt') as found_cnt,
    max(printed.cell) filter (
        printed.indicator = 'insp_rectified_cnt' and not ends_with(printed.slice, ':claimed')
    ) as rectified_cnt,
    max(printed.value) filter (printed.indicator = 'insp_rectify_rate') as rectify_value,
    max(printed.cell) filter (printed.indicator = 'insp_rectify_rate') as rectify_rate,
    max(printed.cell) filter (ends_with(printed.slice, ':claimed')) as claimed_cnt,
    max(printed.cell) filter (printed.indicator = 'insp_unrectified_cnt') as unrectified_cnt,
    max(printed.cell) filter (printed.indicator = 'insp_overdue_cnt') as overdue_cnt
from printed
where printed.unit_code = 'QX00'
    and regexp_matches(printed.slice, '^[0-9]+(:claimed)?$')
    and printed.indicator in (
        'insp_feedback_problem_cnt',
        'insp_rectified_cnt',
        'insp_rectify_rate',
        'insp_unrectified_cnt',
        'insp_overdue_cnt'
    )
group by all
order by printed.period, round_code
