-- What needs attention: of the problems that the commission watches, in the order in which it
-- ranks them, the first five of a period that are not zero, with the units concerned.
with watched (urgency, indicator, units_indicator, heading, advice, page) as (
    values
    (
        1, 'disposal_overdue_cnt', 'disposal_overdue_unit_cnt', '线索未在一个月内提出处置方式', '逐件催办，尚未提出的先提',
        '/leads'
    ),
    (2, 'lead_overdue_open_cnt', 'lead_overdue_unit_cnt', '线索超期未办结', '逐件列明期限和责任人', '/leads'),
    (3, 'verify_long_pending_cnt', '', '初步核实久核不结', '核实超过90天的逐件说明', '/leads'),
    (
        4, 'disposal_mismatch_cnt', 'disposal_mismatch_unit_cnt', '报备的处置方式与实际不一致', '与案管室逐件核对更正',
        '/leads'
    ),
    (5, 'disposal_unfiled_cnt', '', '已处置而未向案管室报备', '补报备', '/leads'),
    (6, 'zero_self_case_unit_cnt', '', '自办案件零立案的单位', '约谈提醒', '/cases'),
    (7, 'insp_overdue_cnt', '', '巡察反馈问题超期未整改', '督促整改', '/rectification'),
    (8, 'key_task_lag_cnt', '', '重点任务落后于序时进度', '列入督办', '/team'),
    (9, 'system_ledger_conflict_cnt', '', '案管登记与单位台账矛盾', '逐条核对', '/quality'),
    (10, 'overdue_task_cnt', '', '任务超过时限未完成', '列入督办', '/team')
),

present as (
    select
        printed.period,
        watched.*,
        printed.title,
        printed.passport,
        printed.text,
        printed.last_year_text,
        row_number() over (partition by printed.period order by watched.urgency) as place
    from printed
    inner join watched on printed.indicator = watched.indicator
    where printed.unit_code = 'QX00' and printed.slice = '' and printed.value > 0
)

select
    present.period,
    present.place::integer as place,
    present.heading,
    present.advice,
    present.indicator,
    present.title,
    present.text,
    coalesce(units.text || '个', '—') as units_text,
    present.page,
    present.passport
from present
left join printed as units
    on present.units_indicator = units.indicator
    and present.period = units.period
    and units.unit_code = 'QX00'
    and units.slice = ''
where present.place <= 5
order by present.period, present.place
