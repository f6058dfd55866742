-- Every figure that the speech states (R) or complains about (C), in the order of the speech: one
-- row per period and figure with what it is called, its counter, window and source forms. Of the
-- district and its groups; of the units only where there is no figure above them.
-- `falling_label` is what a figure below zero is called, printed then without its sign.
with sections as (
    select
        listed.section,
        listed.title
    from (
        values
        ('序', '会议和通报'),
        ('一·一', '理论学习和政治建设'),
        ('一·二', '政治监督和营商环境'),
        ('一·三', '信访、办案和以案促改'),
        ('一·四', '纠治四风'),
        ('一·五', '专项整治和群众反映问题'),
        ('一·六', '改革、审理和派驻监督'),
        ('一·七', '培训、制度和教育整顿'),
        ('二·工作落实', '工作落实中的问题'),
        ('二·数据一', '处置时限和报备'),
        ('二·数据二', '处置方式和办结'),
        ('二·数据三', '各单位立案比较'),
        ('二·队伍', '队伍中的问题'),
        ('三·一', '监督网络和重点监督'),
        ('三·二', '四风和营商环境'),
        ('三·三', '线索存量和增量'),
        ('三·四', '重点领域整治'),
        ('三·五', '巡察整改'),
        ('三·六', '教育整顿'),
        ('结语', '年度目标和进度')
    ) as listed (section, title)
),

-- Where the catalogue's name is not enough, or the figure is split.
named as (
    select
        listed.indicator,
        listed.slice,
        listed.part_name,
        listed.label,
        listed.falling_label,
        listed.counter
    from (
        values
        ('petition_cnt', 'items', '同一事项合并计', null, null, '件'),
        ('petition_cnt', 'class1', '其中检举控告', null, null, '件次'),
        ('petition_cnt_ly', '', '', '去年同期信访举报量', null, null),
        ('petition_net_decrease_cnt', '', '', '信访举报比去年同期净减', '信访举报比去年同期净增', null),
        ('petition_decrease_rate', '', '', '信访举报比去年同期的降幅', '信访举报比去年同期的增幅', null),
        ('prov_insp_org_handled_cnt', '1xx', '另有第一种形态处理', null, null, null),
        ('rural_rectified_problem_cnt', 'ytd', '其中当年', null, null, null),
        ('disposal_overdue_cnt', 'late', '逾期提出', null, null, null),
        ('disposal_overdue_cnt', 'missing', '尚未提出', null, null, null),
        ('disposal_overdue_cnt', 'carried', '另有上年以前应提而未提', null, null, null),
        ('lead_hold_days', 'median', '中位数', null, null, null),
        ('lead_hold_days', 'max', '最长', null, null, null),
        ('lead_hold_days', 'le30', '30天以内', null, null, '件'),
        ('lead_hold_days', '31_90', '31至90天', null, null, '件'),
        ('lead_hold_days', '91_180', '91至180天', null, null, '件'),
        ('lead_hold_days', 'gt180', '超过180天', null, null, '件'),
        ('lead_cycle_days', 'mean', '平均', null, null, null),
        ('lead_cycle_days', 'median', '中位数', null, null, null),
        ('finance_campaign_progress_rate', 'quantity', '按任务量', null, null, null),
        ('stat_fraud_progress_rate', 'quantity', '按任务量', null, null, null),
        ('zero_self_case_unit_cnt', 'unreported', '未报而数为零，另列', null, null, null),
        ('zero_self_case_unit_list', 'unreported', '未报而数为零，另列', null, null, null),
        ('case_gap_max_min', 'diff', '相差', null, null, '件'),
        ('case_gap_max_min', 'ratio', '倍数', null, null, '倍')
    ) as listed (indicator, slice, part_name, label, falling_label, counter)
),

split_by as (
    select
        listed.indicator,
        listed.list,
        listed.prefix
    from (
        values
        ('punished_person_cnt', 'rank_level', 'rank:'),
        ('recovered_amount_wan', 'recovery_kind', ''),
        ('reform_item_cnt', 'reform_status', ''),
        ('suggestion_letter_cnt', 'activity_item', ''),
        ('publicity_adopted_cnt', 'activity_item', '')
    ) as listed (indicator, list, prefix)
),

stated as (
    select
        figures.*,
        indicators.no,
        indicators.tier,
        indicators.section,
        indicators.name_zh,
        indicators.forms,
        indicators.window,
        indicators.unit_of_measure,
        periods.ends_on,
        figures.unit_code not in ('QX00', 'office', 'dispatched', 'town') as is_unit
    from marts.rpt_indicators as figures
    inner join marts.dim_indicator as indicators on figures.indicator = indicators.indicator
    inner join marts.dim_period as periods on figures.period = periods.period
    where indicators.tier in ('R', 'C')
    qualify
        not is_unit
        or bool_and(is_unit) over (
            partition by figures.period, figures.indicator, figures.slice
        )
),

worded as (
    select
        stated.*,
        regexp_replace(
            translate(
                coalesce(
                    named.label,
                    -- Remarks in brackets go, but for words that belong to the name.
                    regexp_replace(
                        regexp_replace(stated.name_zh, '[(](街道|党委|组)[)]', '〔\1〕', 'g'),
                        '^其中|[（(][^）)]*[）)]', '', 'g'
                    )
                ),
                ':〔〕',
                '：（）'
            ),
            '"([^"]*)"', '“\1”', 'g'
        ) as figure_name,
        named.falling_label,
        case
            when named.part_name is not null then named.part_name
            when codes.label is not null then codes.label
            when targeted.name_zh is not null
                then regexp_replace(targeted.name_zh, '[（(][^）)]*[）)]|XX％$', '', 'g')
            when campaigns.label is not null
                then campaigns.label || '：' || case split_part(stated.slice, ':', 2)
                        when 'items' then '问题' when 'leads' then '线索' else '立案'
                    end
            when ends_with(stated.slice, ':claimed')
                then '第' || split_part(stated.slice, ':', 1) || '轮，自报完成待审核'
            when stated.slice <> '' then '第' || stated.slice || '轮'
            else ''
        end as part_name,
        coalesce(
            named.counter,
            case coalesce(targeted.unit_of_measure, stated.unit_of_measure)
                when '件(次)' then '件次'
                when '件(起)' then '起'
                when '人(按人次登记)' then '人次'
                when '条(件)' then '条'
                when '%' then ''
                when '0–1' then ''
                when '系数' then ''
                when '名称' then ''
                when '名单' then ''
                when '名次' then ''
                else coalesce(targeted.unit_of_measure, stated.unit_of_measure)
            end
        ) as counter,
        case stated.unit_code
            when 'QX00' then ''
            when 'office' then '纪检监察室'
            when 'dispatched' then '派驻机构'
            when 'town' then '镇（街道）'
            else case when units.ranking_group = 'dispatched' then '驻' else '' end
                || units.short_name
        end as unit_name,
        coalesce(units.sort, 0) as unit_sort
    from stated
    left join named on stated.indicator = named.indicator and stated.slice = named.slice
    left join split_by on stated.indicator = split_by.indicator
    left join marts.dim_code as codes
        on split_by.list = codes.list
        and stated.slice = split_by.prefix || codes.code
        and stated.ends_on >= codes.valid_from
        and stated.ends_on <= coalesce(codes.valid_to, date '9999-12-31')
    left join marts.dim_code as campaigns
        on campaigns.list = 'campaign'
        and contains(stated.slice, ':')
        and split_part(stated.slice, ':', 1) = campaigns.code
        and stated.ends_on >= campaigns.valid_from
        and stated.ends_on <= coalesce(campaigns.valid_to, date '9999-12-31')
    left join marts.dim_indicator as targeted
        on stated.unit_of_measure in ('随指标', '%') and stated.slice = targeted.indicator
    left join marts.dim_unit as units
        on stated.unit_code = units.unit_code
        and stated.ends_on >= units.valid_from
        and stated.ends_on <= coalesce(units.valid_to, date '9999-12-31')
)

select
    worded.period,
    row_number() over (
        partition by worded.period
        order by
            worded.no,
            case worded.slice when 'le30' then '0' else worded.slice end, -- before 31_90
            worded.unit_sort,
            worded.unit_code
    )::integer as place,
    worded.section,
    sections.title as section_title,
    worded.tier,
    worded.indicator,
    worded.unit_code,
    worded.slice,
    worded.figure_name,
    worded.falling_label,
    worded.part_name,
    worded.unit_name,
    worded.is_unit,
    worded.counter,
    case
        when worded.window in ('YTD', 'YoY') then '当年累计'
        when worded.window = 'PIT' then '截至期末'
        when worded.window = 'CAMP' then '专项启动以来'
        when worded.window = 'ROUND' then '本轮巡察'
        else '全年'
    end as window_name,
    starts_with(worded.window, 'Y') as is_compared,
    coalesce(worded.forms, '') as forms
from worded
left join sections on worded.section = sections.section
order by worded.period, place
