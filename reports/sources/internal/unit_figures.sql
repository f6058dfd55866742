-- Generated from queries/unit_figures.sql by `jijian render`: do not edit.
select rows.* from (select 1) as always left join (
-- Figures of each unit: one row per period,
-- unit and figure, in the order shown.
with figures as (
select
    figures.period,
    figures.indicator,
    figures.unit_code,
    figures.slice,
    figures.indicator || '@' || figures.unit_code || coalesce('/' || nullif(figures.slice, ''), '')
        as number_id,
    figures.value,
    figures.text_value,
    figures.numerator,
    figures.denominator,
    figures.value_last_year,
    figures.change,
    figures.change_rate,
    figures.status,
    figures.unit_missing_count,
    indicators.name_zh,
    coalesce(indicators.forms, '') as forms,
    case indicators.unit_of_measure
        when '随指标' then coalesce(targeted.unit_of_measure, '') else indicators.unit_of_measure
    end as unit_of_measure,
    coalesce(
        indicators.unit_of_measure <> '%'
        or coalesce(targeted.unit_of_measure, '') = '%'
        or figures.denominator >= limits.value,
        true
    ) as is_printable
from marts.rpt_indicators as figures
left join marts.dim_indicator as indicators on figures.indicator = indicators.indicator
left join marts.dim_indicator as targeted on figures.slice = targeted.indicator
left join marts.dim_period as periods on figures.period = periods.period
left join marts.dim_parameter as limits
    on limits.name = 'rate_min_n'
    and periods.ends_on >= limits.valid_from
    and periods.ends_on <= coalesce(limits.valid_to, date '9999-12-31')
order by figures.period, indicators.no, figures.unit_code, figures.slice
),

printed as (
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
),

indicator_titles as (
select
    indicators.indicator,
    row_number() over (order by indicators.no)::integer as place,
    regexp_replace(indicators.name_zh, '^其中|[（(][^）)]*[）)]', '', 'g') as title
from marts.dim_indicator as indicators
order by place
),

slice_labels as (
with parts as (
    select distinct
        figures.indicator,
        figures.slice
    from marts.rpt_indicators as figures
),

words (slice, label) as (
    values
    ('', '合计'),
    ('items', '按件'),
    ('class1', '检举控告'),
    ('ytd', '当年累计'),
    ('quantity', '按工作量'),
    ('late', '逾期后提出'),
    ('missing', '至今未提出'),
    ('carried', '上年到期未提出'),
    ('max', '最大值'),
    ('mean', '平均值'),
    ('median', '中位数'),
    ('le30', '30天以内'),
    ('31_90', '31－90天'),
    ('91_180', '91－180天'),
    ('gt180', '180天以上'),
    ('diff', '相差'),
    ('ratio', '倍数'),
    ('unreported', '未报单位'),
    ('1xx', '批评教育帮助')
),

lists as (
    select
        parts.*,
        regexp_replace(parts.slice, '^rank:|:[a-z]+$', '', 'g') as code,
        regexp_extract(parts.slice, ':([a-z]+)$', 1) as output,
        case
            when parts.indicator = 'four_forms_cnt' then 'four_forms'
            when parts.indicator = 'recovered_amount_wan' then 'recovery_kind'
            when parts.indicator = 'reform_item_cnt' then 'reform_status'
            when parts.indicator = 'staff_lead_ledger_cnt' then 'staff_status'
            when parts.slice like 'rank:%' then 'rank_level'
            when regexp_matches(parts.slice, '^A[0-9]{4}$') then 'activity_item'
            when regexp_matches(parts.slice, '^[A-Z]{3}') then 'campaign'
        end as list
    from parts
)

select
    lists.indicator,
    lists.slice,
    case
        when lists.indicator like 'insp_%' and lists.slice <> '' then '第' || lists.code || '轮'
        else coalesce(words.label, codes.label, titles.title, lists.code)
    end
    || case lists.output
        when 'items' then '：督改问题'
        when 'leads' then '：线索'
        when 'cases' then '：立案'
        when 'claimed' then '自报完成未认定'
        else ''
    end as slice_text
from lists
left join words on lists.slice = words.slice
left join marts.dim_code as codes
    on lists.list = codes.list and lists.code = codes.code and codes.valid_to is null
left join indicator_titles as titles on lists.slice = titles.indicator
order by lists.indicator, lists.slice
),

aims as (
with directions as (
    select distinct
        left(period, 4) as year,
        indicator_id,
        target_unit_code,
        direction_code
    from marts.fct_targets
),

stated as (
    select
        printed.period,
        printed.unit_code,
        printed.slice as indicator,
        max(printed.text) filter (printed.indicator = 'annual_target_value') as target_text,
        max(printed.cell) filter (printed.indicator = 'annual_target_value') as target_cell,
        max(printed.text) filter (printed.indicator = 'annual_progress_rate') as progress_text,
        max(printed.cell) filter (printed.indicator = 'annual_progress_rate') as progress_cell,
        max(printed.value) filter (printed.indicator = 'annual_progress_rate') as progress,
        max(printed.cell) filter (printed.indicator = 'annual_target_gap') as gap_cell,
        max(printed.value) filter (printed.indicator = 'behind_schedule_flag') as flag
    from printed
    where printed.indicator in (
            'annual_target_value',
            'annual_progress_rate',
            'annual_target_gap',
            'behind_schedule_flag'
        )
    group by all
),

directed as (
    select
        stated.*,
        coalesce(max(directions.direction_code), '1') = '2' as is_ceiling,
        coalesce(max(indicators.unit_of_measure), '') = '%' as is_rate
    from stated
    left join marts.dim_indicator as indicators on stated.indicator = indicators.indicator
    left join directions
        on left(stated.period, 4) = directions.year
        and stated.indicator = directions.indicator_id
        and stated.unit_code = directions.target_unit_code
    group by all
)

select
    period,
    unit_code,
    indicator,
    is_ceiling,
    case when is_ceiling then '不高于' else '不低于' end as direction_text,
    target_text,
    target_cell,
    case when is_ceiling then '—' else progress_text end as progress_text,
    case when is_ceiling then '—' else progress_cell end as progress_cell,
    case when not is_ceiling then progress end as progress,
    case when is_rate then replace(gap_cell, '%', '个百分点') else gap_cell end as gap_cell,
    case
        when flag is null then '—'
        when is_ceiling then case flag when 1 then '已超过' else '未超过' end
        when is_rate and flag = 0 then case when progress < 1 then '未达目标' else '达到目标' end
        else case flag when 1 then '落后序时' else '达到序时' end
    end as standing_text
from directed
order by period, unit_code, indicator
),

page_lines as (
select
    printed.period,
    printed.month_on,
    printed.indicator,
    printed.unit_code,
    printed.slice,
    regexp_replace(replace(printed.title, ':', '：'), '"([^"]*)"', '“\1”', 'g')
    || case printed.slice when '' then '' else '：' || slice_labels.slice_text end as name,
    printed.value,
    printed.marked as text,
    printed.cell,
    printed.last_year_text,
    case when printed.title like '%（名次）' then '—' else printed.change_text end as change_text,
    case when printed.title like '%（名次）' then '—' else printed.change_rate_text end
        as change_rate_text,
    coalesce(aims.direction_text || aims.target_text, '—') as target_text,
    coalesce(
        case when aims.progress_text <> '—' then '完成' || aims.progress_text || '，' else '' end
        || aims.standing_text, '—'
    ) as progress_text,
    printed.passport as page
from printed
inner join slice_labels
    on printed.indicator = slice_labels.indicator and printed.slice = slice_labels.slice
left join aims
    on printed.slice = ''
    and printed.indicator = aims.indicator
    and printed.period = aims.period
    and printed.unit_code = aims.unit_code
order by printed.period, printed.indicator, printed.unit_code, printed.slice
),

units_listed as (
select
    periods.period,
    units.unit_code,
    units.short_name,
    case when units.ranking_group = 'dispatched' then '驻' || units.short_name
        else units.short_name
    end as printed_name,
    units.ranking_group,
    units.unit_type_code,
    units.sort
from marts.dim_period as periods
inner join marts.dim_unit as units
    on periods.ends_on >= units.valid_from
    and periods.ends_on <= coalesce(units.valid_to, date '9999-12-31')
order by periods.period, units.sort
),

shown (section, place, indicator, slice, label) as (
    values
    ('headline', 1, 'lead_accepted_cnt', '', null),
    ('headline', 2, 'lead_disposed_cnt', '', null),
    ('headline', 3, 'case_filed_cnt', '', null),
    ('headline', 4, 'punished_person_cnt', '', null),
    ('headline', 5, 'lead_open_cnt', '', null),
    ('headline', 6, 'disposal_ontime_rate', '', null),
    ('headline', 7, 'self_case_cnt', '', null),
    ('headline', 8, 'case_rank_in_type', '', null),
    ('problems', 9, 'disposal_overdue_cnt', '', null),
    ('problems', 10, 'disposal_overdue_cnt', 'missing', null),
    ('problems', 11, 'lead_overdue_open_cnt', '', null),
    ('problems', 12, 'lead_overdue_open_rate', '', null),
    ('problems', 13, 'verify_long_pending_cnt', '', null),
    ('problems', 14, 'disposal_unfiled_cnt', '', null),
    ('problems', 15, 'disposal_mismatch_cnt', '', null),
    ('problems', 16, 'system_ledger_conflict_cnt', '', null),
    ('problems', 17, 'verification_share', '', null),
    ('problems', 18, 'lead_no_analysis_cnt', '', null),
    ('problems', 19, 'key_task_lag_cnt', '', null),
    ('problems', 20, 'overdue_task_cnt', '', null),
    ('work', 21, 'petition_cnt', '', null),
    ('work', 22, 'case_filed_person_cnt', '', null),
    ('work', 23, 'recovered_amount_wan', '', null),
    ('work', 24, 'four_forms_cnt', '', null),
    ('work', 25, 'eight_rules_problem_cnt', '', null),
    ('work', 26, 'transfer_person_cnt', '', null),
    ('work', 27, 'disp_inspection_cnt', '', null),
    ('work', 28, 'disp_problem_found_cnt', '', null),
    ('work', 29, 'disp_talk_cnt', '', null),
    ('work', 30, 'publicity_adopted_cnt', '', null),
    ('work', 31, 'publicity_rank', '', null),
    ('work', 32, 'integrity_culture_activity_cnt', '', null),
    ('work', 33, 'reform_done_rate', '', null),
    ('work', 34, 'training_person_cnt', '', null),
    ('work', 35, 'trial_tip_issue_cnt', '', null),
    ('work', 36, 'case_quality_defect_cnt', '', null),
    ('work', 37, 'insp_notice_cnt', '', null),
    ('work', 38, 'standing_committee_meeting_cnt', '', null),
    ('work', 39, 'integrity_opinion_reply_cnt', '', null),
    ('work', 40, 'institution_new_cnt', '', null)
)

select
    shown.section,
    shown.place,
    coalesce(shown.label::text, page_lines.name) as title,
    page_lines.*
from page_lines
inner join shown
    on page_lines.indicator = shown.indicator and page_lines.slice = shown.slice
inner join units_listed
    on page_lines.unit_code = units_listed.unit_code and page_lines.period = units_listed.period
order by page_lines.period, page_lines.unit_code, shown.place
) as rows on true
