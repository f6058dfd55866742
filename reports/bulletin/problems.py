"""The existing problems, the notes and the annexes of the bulletin; units are named, never persons.

Units are selected and ordered here, nothing is computed.
"""

from collections.abc import Iterable

from reports.bulletin.content import Block, Cell, Part, Section, Source, Table
from reports.bulletin.figures import (
    CARRIED,
    DISTRICT,
    MISSING,
    NOT_APPLICABLE,
    SMALL,
    Figures,
    number,
)
from reports.bulletin.wording import Paragraph, day, paragraph

UNIT_COLUMNS = (
    ("受理\n线索", "lead_accepted_cnt", ""),
    ("处置\n线索", "lead_disposed_cnt", ""),
    ("按期\n提出率", "disposal_ontime_rate", ""),
    ("初核\n占比", "verification_share", ""),
    ("办结率", "lead_close_rate", ""),
    ("未办结", "lead_open_cnt", ""),
    ("立案", "case_filed_cnt", ""),
    ("其中\n自办", "self_case_cnt", ""),
    ("处分", "punished_person_cnt", ""),
)
PROBLEM_COLUMNS = (
    ("逾期提出\n处置意见", "disposal_overdue_cnt", ""),
    ("最长逾期\n天数", "disposal_overdue_days", "max"),
    ("已处置\n未报备", "disposal_unfiled_cnt", ""),
    ("报备与实\n际不一致", "disposal_mismatch_cnt", ""),
    ("超期\n未办结", "lead_overdue_open_cnt", ""),
    ("久核\n不结", "verify_long_pending_cnt", ""),
)
RETURNED = "退回"
FILING_PROBLEMS = ("disposal_unfiled_cnt", "disposal_mismatch_cnt", "system_ledger_conflict_cnt")


def problems(f: Figures, source: Source) -> list[Part]:
    """The parts of 存在问题; a problem that the figures do not show has none."""
    filing = paragraph(
        f,
        "已处置未报备{disposal_unfiled_cnt|件}；"
        "报备方式与实际不一致{disposal_mismatch_cnt|件}；"
        "案管系统登记与单位台账矛盾{system_ledger_conflict_cnt|条}。",
    )
    least = number(f.parameters["all_verification_min"], "")
    methods = paragraph(
        f,
        f"处置线索{least}件以上且全部采用初步核实方式的室、组{{all_verification_unit_cnt|个}}；"
        "处置前未开展分析研判{lead_no_analysis_cnt|件}；初步核实后失实了结"
        "{verify_unfounded_cnt|件}，占初步核实办结线索的{verify_unfounded_rate|/同比}。",
    )
    days = number(f.parameters["long_pending_days"], "")
    pending = paragraph(
        f,
        "未办结线索{lead_open_cnt|件}，其中超期未办结{lead_overdue_open_cnt|件}，"
        "占{lead_overdue_open_rate}，涉及{lead_overdue_unit_cnt|个单位}；"
        f"初步核实超过{days}天未结{{verify_long_pending_cnt|件}}；"
        "在手超过180天{lead_hold_days/gt180|件}，最长{lead_hold_days/max|天}。",
    )
    uneven = paragraph(
        f,
        "零立案单位{zero_case_unit_cnt|个}，自办案件零立案单位{zero_self_case_unit_cnt|个}；"
        "镇（街道）立案最多的与最少的相差{case_gap_max_min@town/diff|件}。",
    )
    found = [
        ("提出处置意见不及时", _late_opinions(f), ("disposal_overdue_cnt",)),
        ("报备不及时、不准确", filing, FILING_PROBLEMS),
        ("处置方式单一、研判不足", methods, ("all_verification_unit_cnt", "lead_no_analysis_cnt")),
        (
            "超期未办结、久核不结",
            pending,
            ("lead_overdue_open_cnt", "verify_long_pending_cnt"),
        ),
        ("办案不平衡", uneven, ("zero_case_unit_cnt", "zero_self_case_unit_cnt")),
    ]
    shown = [
        Part(title, [text], ("unit_case_filed_cnt",) if text is uneven else ())
        for title, text, triggers in found
        if any(f.of(i).value for i in triggers)
    ]
    return [*shown, Part("报表报送情况", _returns(f, source))]


def _late_opinions(f: Figures) -> Paragraph:
    return paragraph(
        f,
        f"截至{day(f.ends_on)}，未在一个月内提出处置意见的线索{{disposal_overdue_cnt|件}}，"
        "涉及{disposal_overdue_unit_cnt|个单位}，"
        "其中逾期提出{disposal_overdue_cnt/late|件}、尚未提出{disposal_overdue_cnt/missing|件}；"
        "平均逾期{disposal_overdue_days/mean|天}，最长{disposal_overdue_days/max|天}。"
        "另有上年及以前到期、至今未提出处置意见的线索{disposal_overdue_cnt/carried|件}。",
    )


def _returns(f: Figures, source: Source) -> list[Block]:
    counted = f.lists["returns_counted"]
    if not counted:
        return []
    c = counted[0]
    text = (
        f"本期{c['unit_cnt']}个单位应报报表{c['owed_cnt']}份，已接收{c['accepted_cnt']}份，"
        f"其中迟报{c['late_cnt']}份；未报{c['missing_cnt']}份，退回后未重报{c['returned_cnt']}份。"
    )
    absent: dict[tuple[str, str], list[str]] = {}
    for r in f.lists["returns_absent"]:
        form = source.forms.get(r["form"], r["form"])
        absent.setdefault((r["unit_code"], r["status"]), []).append(form)
    said = [
        f"{unit['printed_name']}{status}{'、'.join(absent[unit['unit_code'], status])}"
        for unit in f.lists["units_listed"]
        for status in (MISSING, RETURNED)
        if (unit["unit_code"], status) in absent
    ]
    if said:
        text += f"其中：{'；'.join(said)}。"
    return [Paragraph(text=text)]


def unreported(f: Figures, indicators: Iterable[str]) -> list[str]:
    """Units that have not reported what one of the indicators needs, in registry order."""
    wanted = set(indicators)
    missing = {u for (i, u, _), x in f.rows.items() if i in wanted and x.unit_missing_count}
    return [u["short_name"] for u in f.lists["units_listed"] if u["unit_code"] in missing]


def zero_units(f: Figures) -> tuple[list[str], list[str]]:
    """Units of the ranking groups without a case: those that reported, and apart the others."""
    zero: list[str] = []
    apart: list[str] = []
    for unit in f.lists["units_listed"]:
        filed = f.find("unit_case_filed_cnt", unit["unit_code"])
        if unit["ranking_group"] and filed is not None and filed.value == 0:
            (apart if filed.unit_missing_count else zero).append(unit["short_name"])
    return zero, apart


def notes(f: Figures, source: str, product: str = "通报") -> list[Paragraph]:
    """How the figures of a product are to be read."""
    least = number(f.parameters["rate_min_n"], "")
    window = f"{f.period[:4]}年1月1日至{f.ends_on.month}月{f.ends_on.day}日"
    lines = [
        f"（1）除专项整治和时点数外，本{product}数据均为{window}的累计数，按统计时间归集；"
        "去年同期为上年1月1日至同月同日。",
        f"（2）“0”表示没有发生，“{MISSING}”表示应报而未报，“{NOT_APPLICABLE}”表示没有可计算的"
        f"对象，“{SMALL}”表示比率的分母不足{least}、不予列示。",
        "（3）处分人数按人计，同一人受多次处分只计一人；专项整治分领域有交叉，合计不等于各项之和。",
        f"（4）{source}。",
    ]
    return [Paragraph(text=line) for line in lines]


def annexes(f: Figures, *, is_provisional: bool) -> list[Section]:
    """The tables behind the text; the third only in a provisional release."""
    tables = [
        ("各单位主要指标一览表", _units(f), "本期没有单位的数字。"),
        ("存在问题单位一览表", _problem_units(f), "各单位均没有逾期、未报备、不一致和久核不结。"),
    ]
    if is_provisional:
        tables.append(("未解决的错误一览表", open_errors(f), "没有未解决的错误。"))
    return [
        Section(
            heading=f"附件{n}",
            title=title,
            blocks=(table if table.rows else Paragraph(text=nothing),),
        )
        for n, (title, table, nothing) in enumerate(tables, 1)
    ]


def _units(f: Figures) -> Table:
    units = [u for u in f.lists["units_listed"] if f.find(UNIT_COLUMNS[0][1], u["unit_code"])]
    rows = [("全区", DISTRICT), *((u["printed_name"], u["unit_code"]) for u in units)]
    body = tuple((name, *_row(f, code, UNIT_COLUMNS)) for name, code in rows)
    is_carried = any(not isinstance(c, str) and c.cell.endswith(CARRIED) for r in body for c in r)
    return Table(
        caption="",
        header=("单位", *(label for label, _, _ in UNIT_COLUMNS)),
        rows=body,
        widths=(39, 13, 13, 13, 13, 13, 13, 13, 13, 13),
        note=f"注：带{CARRIED}的单位本期未报，为其此前各期已报数。" if is_carried else "",
    )


def _problem_units(f: Figures) -> Table:
    chosen = [
        (unit["printed_name"], unit["unit_code"])
        for unit in f.lists["units_listed"]
        if any(
            x is not None and x.value
            for x in (f.find(i, unit["unit_code"], part) for _, i, part in PROBLEM_COLUMNS)
        )
    ]
    return Table(
        caption="",
        header=("单位", *(label for label, _, _ in PROBLEM_COLUMNS)),
        rows=tuple((name, *_row(f, code, PROBLEM_COLUMNS)) for name, code in chosen),
        widths=(42, 19, 19, 19, 19, 19, 19),
    )


def _row(f: Figures, unit: str, columns: tuple[tuple[str, str, str], ...]) -> list[Cell]:
    found = [f.find(i, unit, part) for _, i, part in columns]
    return [NOT_APPLICABLE if x is None else x for x in found]


def open_errors(f: Figures) -> Table:
    """The errors that a provisional release leaves open, counted by rule and unit."""
    return Table(
        caption="",
        header=("规则", "单位", "问题", "条数"),
        rows=tuple(
            (r["rule"], r["short_name"], r["message"], str(r["finding_cnt"]))
            for r in f.lists["findings_open"]
        ),
        widths=(18, 36, 84, 18),
        figure_from=3,
    )
