-- Rounds of inspection whose problems put right and not put right are not all that were fed back.
with rounds as (
    select
        slice,
        any_value(value) filter (indicator = 'insp_feedback_problem_cnt') as problems,
        any_value(value) filter (indicator = 'insp_rectified_cnt') as rectified,
        any_value(value) filter (indicator = 'insp_unrectified_cnt') as unrectified
    from {{ as_of_period('int_measures__rectifications') }}
    where indicator in ('insp_feedback_problem_cnt', 'insp_rectified_cnt', 'insp_unrectified_cnt')
    group by slice
)

select
    {{ failing('rectifications', "'QX00'", "'insp_feedback_problem_cnt'",
               "coalesce('第' || nullif(slice, '') || '轮', '本轮') || '反馈 ' || cast(problems as bigint)"
               " || ' 个，完成 ' || cast(rectified as bigint) || ' 个，未完成 '"
               " || cast(unrectified as bigint) || ' 个'") }}
from rounds
where problems is distinct from rectified + unrectified
