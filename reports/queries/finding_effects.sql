-- Open findings with what they do to the figures in words: the figure that moves most, of the
-- district if one of it moves, as it is and as it would be, and how many move in all. Of a missing
-- return nothing is known: the unit's figures of the month before stand by.
with leading_figures as (
    select
        findings.*,
        findings.effect[1] as moved,
        len(findings.effect) as moved_cnt
    from marts.rpt_findings as findings
),

-- Rounded before it is formatted, as every printed figure is.
worded as (
    select
        found.*,
        indicators.name_zh
        || if(found.moved.slice = '', '', '：' || coalesce(slice_labels.slice_text, ''))
        || ' '
        || regexp_replace(
            format(
                if(found.effect_way = 'month_before', '上月 {1:.1f}', '{0:.1f}→{1:.1f}'),
                round(found.moved.value * if(indicators.unit_of_measure = '%', 100, 1), 1),
                round(found.moved.value_mended * if(indicators.unit_of_measure = '%', 100, 1), 1)
            ),
            '\.0(→|$)', '\1', 'g'
        )
        || if(indicators.unit_of_measure = '%', '%', '') as moved_text
    from leading_figures as found
    left join marts.dim_indicator as indicators on found.moved.indicator = indicators.indicator
    left join slice_labels
        on found.moved.indicator = slice_labels.indicator
        and found.moved.slice = slice_labels.slice
)

select
    worded.period,
    worded.rule,
    worded.severity,
    worded.form,
    worded.unit_code,
    worded.key,
    worded.message,
    worded.first_period,
    worded.is_waived,
    worded.answer,
    worded.effect_size,
    case
        when worded.effect_way = 'none' and worded.moved_cnt > 0
            then '涉及 ' || worded.moved_cnt || ' 个指标，不能估算'
        when worded.effect_way = 'none' then '不能估算'
        when worded.moved_cnt = 0 then '不影响本期数字'
        else coalesce(worded.moved_text, worded.moved.indicator)
            || if(worded.moved_cnt > 1, ' 等 ' || worded.moved_cnt || ' 个数字', '')
    end as effect_text,
    case
        when worded.effect_way <> 'none' and worded.moved_cnt > 0
            then worded.moved.indicator || '@' || worded.moved.unit_code
                || coalesce('/' || nullif(worded.moved.slice, ''), '')
    end as effect_number_id
from worded
order by worded.period, worded.rule, worded.unit_code, worded.key
