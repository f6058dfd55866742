-- Generated from queries/indicator_definitions.sql by `jijian render`: do not edit.
select rows.* from (select 1) as always left join (
-- How each indicator is counted, in words, and where it is shown beside the catalogue page.
with indicator_titles as (
select
    indicators.indicator,
    row_number() over (order by indicators.no)::integer as place,
    regexp_replace(indicators.name_zh, '^其中|[（(][^）)]*[）)]', '', 'g') as title
from marts.dim_indicator as indicators
order by place
),

indicator_places as (
select listed.indicator, listed.places_text
from (
    values
    ('linked_sup_rectified_cnt', '通报'),
    ('two_resp_accountability_cnt', '通报'),
    ('party_discipline_case_cnt', '通报'),
    ('petition_cnt', '统计表'),
    ('lead_disposed_cnt', '总览、问题线索、单位情况、统计表、通报'),
    ('case_filed_cnt', '总览、立案处分、单位情况、统计表、通报'),
    ('case_filed_person_cnt', '立案处分、统计表、通报'),
    ('punished_person_cnt', '总览、立案处分、单位情况、统计表、通报'),
    ('party_punished_person_cnt', '立案处分、统计表、通报'),
    ('gov_punished_person_cnt', '立案处分、统计表、通报'),
    ('dual_punished_person_cnt', '立案处分、统计表、通报'),
    ('transfer_case_cnt', '统计表'),
    ('transfer_person_cnt', '统计表'),
    ('suggestion_letter_cnt', '通报'),
    ('followup_visit_cnt', '通报'),
    ('warning_meeting_cnt', '通报'),
    ('eight_rules_problem_cnt', '统计表'),
    ('rural_lead_cnt', '通报'),
    ('rural_handled_person_cnt', '通报'),
    ('rural_punished_cnt', '通报'),
    ('livelihood_case_cnt', '通报'),
    ('livelihood_handled_person_cnt', '通报'),
    ('disp_three_major_meeting_cnt', '通报'),
    ('disp_inspection_cnt', '通报'),
    ('disp_problem_found_cnt', '通报'),
    ('disp_written_suggestion_cnt', '通报'),
    ('disp_case_filed_cnt', '通报'),
    ('lead_to_case_rate', '立案处分、通报'),
    ('self_found_lead_cnt', '通报'),
    ('self_found_lead_share', '通报'),
    ('self_found_case_rate', '通报'),
    ('disposal_due_cnt', '问题线索、通报'),
    ('disposal_ontime_cnt', '问题线索、通报'),
    ('disposal_ontime_rate', '总览、问题线索、单位情况、通报'),
    ('disposal_overdue_cnt', '通报'),
    ('disposal_overdue_days', '通报'),
    ('disposal_overdue_unit_cnt', '通报'),
    ('disposal_filed_cnt', '问题线索、通报'),
    ('disposal_unfiled_cnt', '问题线索、单位情况、通报'),
    ('disposal_mismatch_cnt', '问题线索、单位情况、通报'),
    ('disposal_mismatch_rate', '问题线索、通报'),
    ('disposal_mismatch_unit_cnt', '通报'),
    ('system_ledger_conflict_cnt', '通报'),
    ('verification_share', '问题线索、通报'),
    ('all_verification_unit_cnt', '通报'),
    ('verify_unfounded_cnt', '通报'),
    ('verify_unfounded_rate', '通报'),
    ('lead_no_analysis_cnt', '通报'),
    ('lead_accepted_cnt', '总览、问题线索、单位情况、通报'),
    ('lead_open_cnt', '总览、问题线索、单位情况、通报'),
    ('lead_overdue_open_cnt', '总览、问题线索、单位情况、通报'),
    ('lead_overdue_open_rate', '问题线索、通报'),
    ('lead_overdue_unit_cnt', '通报'),
    ('lead_hold_days', '通报'),
    ('verify_long_pending_cnt', '问题线索、单位情况、通报'),
    ('lead_cycle_days', '通报'),
    ('lead_close_rate', '问题线索、通报'),
    ('unit_case_filed_cnt', '立案处分、通报'),
    ('town_case_max_cnt', '立案处分、通报'),
    ('town_case_max_unit', '立案处分、通报'),
    ('town_case_min_cnt', '立案处分、通报'),
    ('town_case_min_unit', '立案处分、通报'),
    ('office_case_max_cnt', '立案处分、通报'),
    ('office_case_max_unit', '立案处分、通报'),
    ('office_case_min_cnt', '立案处分、通报'),
    ('office_case_min_unit', '立案处分、通报'),
    ('disp_case_max_cnt', '立案处分、通报'),
    ('disp_case_max_unit', '立案处分、通报'),
    ('disp_case_min_cnt', '立案处分、通报'),
    ('disp_case_min_unit', '立案处分、通报'),
    ('self_case_cnt', '立案处分、单位情况、通报'),
    ('self_case_share', '总览、立案处分、通报'),
    ('zero_self_case_unit_cnt', '立案处分、通报'),
    ('zero_self_case_unit_list', '立案处分、通报'),
    ('zero_case_unit_cnt', '立案处分、通报'),
    ('case_gap_max_min', '通报'),
    ('case_rank_in_type', '立案处分、单位情况'),
    ('top_leader_case_cnt', '立案处分'),
    ('young_cadre_case_cnt', '立案处分'),
    ('stock_lead_cnt', '通报'),
    ('stock_cleared_cnt', '通报'),
    ('stock_clear_rate', '问题线索、通报'),
    ('bribe_giver_case_cnt', '统计表'),
    ('insp_feedback_problem_cnt', '通报'),
    ('insp_rectified_cnt', '通报'),
    ('insp_rectify_rate', '通报'),
    ('insp_unrectified_cnt', '通报'),
    ('insp_overdue_cnt', '通报'),
    ('annual_target_gap', '通报'),
    ('four_forms_cnt', '统计表、通报')
) as listed (indicator, places_text)
),

sources as (
    select
        indicators.indicator,
        string_agg(forms.title, '、' order by forms.title) as forms_text
    from marts.dim_indicator as indicators
    inner join about.forms as forms
        on list_contains(string_split(indicators.forms, ' '), forms.form)
    group by indicators.indicator
)

select
    indicators.no,
    indicators.indicator,
    titles.place,
    titles.title,
    indicators.unit_of_measure,
    case indicators."window"
        when 'YTD' then '当年累计'
        when 'YoY' then '当年累计，与去年同期比较'
        when 'PIT' then '截至期末'
        when 'CAMP' then '专项启动以来'
        when 'ROUND' then '巡察轮次'
        when 'ANN' then '全年'
    end as window_text,
    indicators.definition,
    coalesce(nullif(indicators.denominator, ''), '—') as denominator_text,
    indicators.section,
    case indicators.tier
        when 'R' then '讲话数字'
        when 'C' then '讲话指出的问题'
        when 'D' then '派生'
        when 'P' then '参考'
    end as tier_text,
    coalesce(sources.forms_text, '单位名录、日历') as forms_text,
    coalesce(indicator_places.places_text, '本页') as places_text
from marts.dim_indicator as indicators
inner join indicator_titles as titles on indicators.indicator = titles.indicator
left join sources on indicators.indicator = sources.indicator
left join indicator_places on indicators.indicator = indicator_places.indicator
order by titles.place
) as rows on true
