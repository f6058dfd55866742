-- The figures of the national quarterly bulletins in their order, one row per period and figure:
-- petitions, leads disposed, cases, punishments, four forms, bribers and transfers.
select
    periods.period,
    listed.place,
    listed.heading,
    listed.label,
    listed.counter,
    listed.indicator,
    listed.slice
from marts.dim_period as periods
cross join (
    values
    (1, '信访举报', '接收信访举报', '件次', 'petition_cnt', ''),
    (2, '信访举报', '其中检举控告类', '件次', 'petition_cnt', 'class1'),
    (3, '问题线索', '处置问题线索', '件', 'lead_disposed_cnt', ''),
    (4, '立案', '立案', '件', 'case_filed_cnt', ''),
    (5, '立案', '立案人数', '人', 'case_filed_person_cnt', ''),
    (6, '处分', '处分', '人', 'punished_person_cnt', ''),
    (7, '处分', '其中党纪处分', '人', 'party_punished_person_cnt', ''),
    (8, '处分', '其中政务处分', '人', 'gov_punished_person_cnt', ''),
    (9, '处分', '其中党纪政务双重处分', '人', 'dual_punished_person_cnt', ''),
    (10, '四种形态', '运用四种形态批评教育和处理', '人次', 'four_forms_cnt', ''),
    (11, '行贿和移送', '立案查处行贿人员', '人', 'bribe_giver_case_cnt', ''),
    (12, '行贿和移送', '移送检察机关', '案', 'transfer_case_cnt', ''),
    (13, '行贿和移送', '移送检察机关', '人', 'transfer_person_cnt', '')
) as listed (place, heading, label, counter, indicator, slice)
order by periods.period, listed.place
