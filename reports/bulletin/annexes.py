"""What stands behind the text: notes, the table of all units, the supervision list, the ids.

Units are named, never persons; nothing is computed.
"""

from collections.abc import Iterable, Iterator

from reports.bulletin.content import Cell, Section, Source, Table
from reports.bulletin.figures import (
    CARRIED,
    DISTRICT,
    MISSING,
    NOT_APPLICABLE,
    SHARE,
    SMALL,
    Figure,
    Figures,
    number,
)
from reports.bulletin.revision import Revision, revision_table
from reports.bulletin.wording import Paragraph

UNIT_COLUMNS = (
    ("受理\n线索", "lead_accepted_cnt"),
    ("处置\n线索", "lead_disposed_cnt"),
    ("按期\n提出率", "disposal_ontime_rate"),
    ("初核\n占比", "verification_share"),
    ("办结率", "lead_close_rate"),
    ("未\n办结", "lead_open_cnt"),
    ("其中\n超期", "lead_overdue_open_cnt"),
    ("立案", "case_filed_cnt"),
    ("其中\n自办", "self_case_cnt"),
    ("处分", "punished_person_cnt"),
)
RATES = ("_rate", "_share")  # their columns are wider
STAFF_OFFICE = "GBJ"  # type of the unit whose matters are in no list
# What is supervised: of which figure, with which longest days, and what is asked.
MATTERS = (
    (
        "逾期或尚未提出处置意见",
        "disposal_overdue_cnt",
        ("disposal_overdue_days", "max"),
        "逐件提出处置意见",
    ),
    ("已处置未报备", "disposal_unfiled_cnt", None, "补报处置方式"),
    ("报备与实际不一致", "disposal_mismatch_cnt", None, "逐件核对更正"),
    (
        "超期未办结",
        "lead_overdue_open_cnt",
        ("lead_hold_days", "max"),
        "办结或报批延期",
    ),
    ("初步核实久核不结", "verify_long_pending_cnt", None, "提出核查结论"),
)
RETURN_MATTER, RETURN_DEMAND = "报表{status}", "立即补报"


def notes(f: Figures, source: str, product: str = "通报") -> list[Paragraph]:
    """How the figures of a product are to be read."""
    least = number(f.parameters["rate_min_n"], "")
    window = f"{f.period[:4]}年1月1日至{f.ends_on.month}月{f.ends_on.day}日"
    lines = [
        f"（1）除专项整治和时点数外，本{product}数据均为{window}的累计数，按统计时间归集；"
        "去年同期为上年1月1日至同月同日。",
        f"（2）“0”表示没有发生，“{MISSING}”表示应报而未报，“{NOT_APPLICABLE}”表示没有可计算的"
        f"对象，“{SMALL}”表示比率的分母不足{least}、不予列示，或没有去年同期数。",
        "（3）处分人数按人计，同一人受多次处分只计一人；专项整治分领域有交叉，合计不等于各项之和。",
        f"（4）{source}。",
    ]
    return [Paragraph(text=line) for line in lines]


def unreported(f: Figures, figures: Iterable[Figure], also: Iterable[str]) -> list[str]:
    """Units that have not reported what one of the figures needs, in registry order.

    By the units' own figures; where units have none of the indicator, by their returns.
    """
    used = {x.indicator: x.forms.split() for x in figures}
    wanted = used.keys() | set(also)
    by_unit = {
        (i, x.unit_code)
        for i in wanted
        for x in f.by_indicator.get(i, [])
        if x.unit_code != DISTRICT and x.unit_missing_count
    }
    missing = {u for _, u in by_unit}
    lacking = {x.indicator for x in figures if x.unit_missing_count} - {i for i, _ in by_unit}
    forms = {form for i in lacking for form in used[i]}
    missing |= {r["unit_code"] for r in f.lists["returns_absent"] if r["form"] in forms}
    return [u["short_name"] for u in f.lists["units_listed"] if u["unit_code"] in missing]


def annexes(
    f: Figures, source: Source, revision: Revision | None, main: Iterable[Section]
) -> list[Section]:
    """The tables behind the text: corrections and open errors only where there are any."""
    tables = [
        ("各单位主要指标一览表", _units(f), "本期没有单位的数字。"),
        ("督办清单", _supervised(f, source), "没有逾期、未报备、不一致、超期和久核不结的事项。"),
    ]
    if revision and revision.changes:
        tables.append(("更正说明", revision_table(revision), ""))
    if source.is_provisional:
        tables.append(("未解决的错误一览表", open_errors(f), "没有未解决的错误。"))
    tables.append(("数字编号", _index(f, main), "本期没有数字。"))
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
    body = tuple((name, *_row(f, code)) for name, code in rows)
    is_carried = any(not isinstance(c, str) and c.cell.endswith(CARRIED) for r in body for c in r)
    return Table(
        caption="",
        header=("单位", *(label for label, _ in UNIT_COLUMNS)),
        rows=body,
        widths=(40, *(13.7 if i.endswith(RATES) else 10.7 for _, i in UNIT_COLUMNS)),
        note=f"注：带{CARRIED}的单位本期未报，为其此前各期已报数。" if is_carried else "",
    )


def _row(f: Figures, unit: str) -> list[Cell]:
    found = [f.find(i, unit) for _, i in UNIT_COLUMNS]
    return [NOT_APPLICABLE if x is None else x for x in found]


def _supervised(f: Figures, source: Source) -> Table:
    """Matter by matter the units that must act; nothing of the office for the own staff."""
    rows = [(str(n), *row) for n, row in enumerate([*_matters(f), *_owed_returns(f, source)], 1)]
    return Table(
        caption="",
        header=("序号", "督办事项", "责任单位", "件数", "最长\n天数", "办理要求"),
        rows=tuple(rows),
        widths=(10, 43, 40, 12, 12, 37),
        figure_from=3,
        note="注：按事项列到单位；有关线索编号见案管室督办清单（电子表格）。",
    )


def _matters(f: Figures) -> Iterator[tuple[Cell, ...]]:
    units = [u for u in f.lists["units_listed"] if u["unit_type_code"] != STAFF_OFFICE]
    for matter, indicator, longest, demand in MATTERS:
        for unit in units:
            count = f.find(indicator, unit["unit_code"])
            if count is None or not count.value:
                continue
            days = f.find(longest[0], unit["unit_code"], longest[1]) if longest else None
            yield matter, unit["printed_name"], count, days or SMALL, demand


def _owed_returns(f: Figures, source: Source) -> Iterator[tuple[Cell, ...]]:
    names = {u["unit_code"]: u["printed_name"] for u in f.lists["units_listed"]}
    for r in f.lists["returns_absent"]:
        form = source.forms.get(r["form"], r["form"])
        matter = RETURN_MATTER.format(status=r["status"])
        unit = names.get(r["unit_code"], r["unit_code"])
        yield f"{matter}：{form}", unit, "1", SMALL, RETURN_DEMAND


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


def printed_figures(sections: Iterable[Section]) -> list[Figure]:
    """Every figure that the sections print, each once, in their order."""
    found: dict[str, Figure] = {}
    for section in sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                found |= {x.id: x for x in block.figures}
            elif isinstance(block, Table):
                cells = (c for row in block.rows for c in row)
                found |= {c.id: c for c in cells if isinstance(c, Figure)}
    return list(found.values())


def _index(f: Figures, main: Iterable[Section]) -> Table:
    """The id of each figure in the text; the units' own follow one rule, given in the note."""
    units = {u["unit_code"] for u in f.lists["units_listed"]}
    by_whole: dict[tuple[str, str], list[Figure]] = {}
    for figure in printed_figures(main):
        is_empty_cell = figure.slice.count(":") > 1 and not figure.value
        if figure.unit_code not in units and not figure.slice.endswith(SHARE) and not is_empty_cell:
            by_whole.setdefault((figure.indicator, figure.unit_code), []).append(figure)
    return Table(
        caption="",
        header=("指标", "数字编号", "数字（有分项的在前注明分项）"),
        rows=tuple(
            (own[0].title, f"{indicator}@{unit}", "；".join(_part(x) for x in own))
            for (indicator, unit), own in by_whole.items()
        ),
        widths=(38, 54, 64),
        figure_from=4,
        small_from=0,
        note=(
            "注：数字编号为“指标@单位”，分项写作“指标@单位/分项”，分项占比再加“:share”；"
            "各单位的数字为“指标@单位代码”；八项规定问题分类表为 0 的格子不列，编号仿其他格子。"
        ),
    )


def _part(figure: Figure) -> str:
    return f"/{figure.slice} {figure.text}" if figure.slice else figure.text
