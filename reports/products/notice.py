"""提示函: what one unit is told of itself, as a document and as a workbook.

Of other units only the distribution within the ranking group is in it.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from reports.bulletin.content import Block, Bulletin, Cell, Section, Source, Table
from reports.bulletin.figures import DISTRICT, SMALL, Figure, Figures, number
from reports.bulletin.products import remark
from reports.bulletin.word import write_docx
from reports.bulletin.wording import Paragraph, Span, comparison, day, last_year, ordinal
from reports.bulletin.workbook import Column, Noted, Sheet, Value, write_workbook
from reports.products.lists import Lists, Row
from reports.products.supervision import attention_sheet, date_text, findings_sheet, matter

# What a notice shows of a unit that has it, in this order.
SHOWN = (
    "lead_accepted_cnt",
    "lead_disposed_cnt",
    "disposal_ontime_rate",
    "lead_close_rate",
    "lead_open_cnt",
    "lead_overdue_open_cnt",
    "disposal_unfiled_cnt",
    "disposal_mismatch_cnt",
    "case_filed_cnt",
    "self_case_cnt",
    "punished_person_cnt",
)
MOST_SHOWN = 12
NUMBERED = re.compile(r"[A-Z]{2}\d{6,}")  # the number of a matter
UNIT_CODE = re.compile(r"\b[A-Z]{3}\d{2}\b")
ANOTHER_MATTER, ANOTHER_UNIT = "（另一事项）", "（其他单位）"


@dataclass(frozen=True, kw_only=True)
class Notice:
    """What is known of one unit for its notice.

    Attributes:
        unit: its row of the units.
        figures: its own, those without a slice, in the order of the catalogue.
        places: its places in the ranking group, by indicator.
        attention: its own matters and returns.
        findings: its own, open.
        others: names of all other units, the longest first.
        next_due: until when it is to answer, in words.
        titles: what each indicator is called.
    """

    unit: Row
    figures: tuple[Figure, ...]
    places: dict[str, Row]
    attention: list[Row]
    findings: list[Row]
    others: tuple[str, ...]
    next_due: str
    titles: dict[str, str]

    def said(self, finding: Row) -> str:
        """The message of a finding without the names and numbers of others."""
        own = {str(finding["key"]).split("/")[0]}
        text = NUMBERED.sub(lambda m: m[0] if m[0] in own else ANOTHER_MATTER, finding["message"])
        text = UNIT_CODE.sub(
            lambda m: m[0] if m[0] == self.unit["unit_code"] else ANOTHER_UNIT, text
        )
        for name in self.others:
            text = text.replace(name, ANOTHER_UNIT)
        return text


def notices(figures: Figures, lists: Lists) -> list[Notice]:
    """What is to be told to every unit that owes returns."""
    own: dict[str, list[Figure]] = {}
    for (_, unit, part), figure in figures.rows.items():
        if not part:
            own.setdefault(unit, []).append(figure)
    return [_notice(u, own.get(u["unit_code"], []), lists) for u in lists.units]


def _notice(unit: Row, figures: list[Figure], lists: Lists) -> Notice:
    code = unit["unit_code"]
    names = {n for u in lists.units if u["unit_code"] != code for n in (u["name"], u["short_name"])}
    own = {unit["name"], unit["short_name"]}
    due = unit["next_due_on"]
    return Notice(
        unit=unit,
        figures=tuple(figures),
        places={r["indicator"]: r for r in lists.places if r["unit_code"] == code},
        attention=[r for r in lists.attention if r["unit_code"] == code],
        findings=[r for r in lists.findings if r["unit_code"] == code],
        others=tuple(sorted(names - own, key=lambda n: (-len(n), n))),
        next_due="" if due is None else f"{day(due)}报送{int(unit['next_period'][5:])}月报表",
        titles=lists.titles,
    )


def notice_content(notice: Notice, figures: Figures, span: Span, source: Source) -> Bulletin:
    """The notice as a document."""
    mark = "　初步数" if source.is_provisional else ""
    parts: list[tuple[str, list[Block]]] = [
        ("主要数字", _figures_block(notice, span)),
        ("督办事项", _attention_blocks(notice, figures, source)),
        ("未解决的核对问题", _finding_blocks(notice, source)),
        ("办理要求", [Paragraph(text=_request(notice))]),
    ]
    return Bulletin(
        title=(f"关于{notice.unit['name']}", f"{span.title}案件监督管理情况的提示函"),
        number="",
        cut_off=f"（数据截止日期：{day(figures.ends_on)}{mark}）",
        sections=tuple(
            Section(heading=f"{ordinal(n)}、{title}", blocks=tuple(blocks))
            for n, (title, blocks) in enumerate(parts, 1)
        ),
        source=source,
    )


def _shown(notice: Notice) -> list[Figure]:
    by = {f.indicator: f for f in notice.figures}
    chosen = [by[i] for i in SHOWN if i in by]
    return chosen or [f for f in notice.figures if f.is_number and f.value][:MOST_SHOWN]


def _figures_block(notice: Notice, span: Span) -> list[Block]:
    shown = _shown(notice)
    if not shown:
        return [Paragraph(text=f"{span.text}，你单位没有可列的数字。")]
    group = notice.unit["group_name"]
    names = notice.titles
    rows: list[tuple[Cell, ...]] = []
    for figure in shown:
        row: list[Cell] = [_title(names, figure), figure, last_year(figure, "")]
        if group:
            row += _place_cells(notice.places.get(figure.indicator))
        rows.append(tuple(row))
    header = ["指标", "本期", "去年\n同期"]
    widths = [56.0 if group else 100.0, 20.0 if group else 28.0, 20.0 if group else 28.0]
    if group:
        header += ["组内\n位次", "组内最低\n—中位—最高"]
        widths += [20.0, 40.0]
    said = f"{span.text}，你单位的主要数字如下。"
    if group:
        said += f"位次在同组的{group}中由高到低排列，数值相同的位次相同；组内只列分布。"
    table = Table(
        caption="",
        header=tuple(header),
        rows=tuple(rows),
        widths=tuple(widths),
        note="注：各数字的编号见所附工作簿“本单位数字”表的批注。",
    )
    return [Paragraph(text=said), table]


def _title(names: dict[str, str], figure: Figure) -> str:
    measure = figure.unit_of_measure
    counter = "" if measure in ("", "%") else f"（{measure}）"
    return names.get(figure.indicator, figure.indicator) + counter


def _place_cells(place: Row | None) -> list[Cell]:
    if place is None:
        return [SMALL, SMALL]
    spread = (number(place[n], place["unit_of_measure"]) for n in ("lowest", "median", "highest"))
    return [f"{place['place']}/{place['unit_count']}", "—".join(spread)]


def _attention_blocks(notice: Notice, figures: Figures, source: Source) -> list[Block]:
    urgent = [r for r in notice.attention if r["kind"] != "rectify_open"]
    coming = len(notice.attention) - len(urgent)
    later = f"另有{coming}个问题尚未整改、尚未到期，见所附工作簿。" if coming else ""
    if not urgent:
        return [
            Paragraph(text=f"截至{day(figures.ends_on)}，你单位没有逾期和不一致的事项。{later}")
        ]
    counts: dict[str, int] = {}
    for r in urgent:
        counts[r["kind_text"]] = counts.get(r["kind_text"], 0) + r["item_count"]
    listed = "、".join(f"{kind}{count}项" for kind, count in counts.items())
    rows = tuple(
        (
            matter(r, source),
            r["kind_text"] + (f"（{r['detail']}）" if r["detail"] else ""),
            date_text(r, "limit_on") or SMALL,
            str(r["over_day_count"]) if r["limit_on"] and r["over_day_count"] else SMALL,
        )
        for r in urgent
    )
    table = Table(
        caption="",
        header=("事项编码", "问题", "时限", "超期\n天数"),
        rows=rows,
        widths=(36, 76, 26, 18),
        figure_from=2,
    )
    text = f"截至{day(figures.ends_on)}，你单位有：{listed}。同一线索可能有几项。{later}"
    return [Paragraph(text=text), table]


def _finding_blocks(notice: Notice, source: Source) -> list[Block]:
    found = notice.findings
    errors = sum(1 for r in found if r["severity"] == "error" and not r["is_waived"])
    note = f"其中错误{errors}条，在改正前本函数字均为初步数。" if source.is_provisional else ""
    if not found:
        return [Paragraph(text=f"你单位的报表没有未解决的核对问题。{note}")]
    table = Table(
        caption="",
        header=("规则", "级别", "问题", "首次\n出现"),
        rows=tuple(
            (
                r["rule"],
                r["severity_text"],
                _whole(r, notice) + _answered(r),
                str(r["first_period"]),
            )
            for r in found
        ),
        widths=(16, 16, 102, 22),
        figure_from=3,
    )
    text = f"核对你单位报表，有{len(found)}条问题尚未解决。{note}"
    return [Paragraph(text=text), table]


def _whole(finding: Row, notice: Notice) -> str:
    """The message, with the matter before it where it does not name it."""
    said, key = notice.said(finding), str(finding["key"])
    return said if not key or key in said else f"{key}：{said}"


def _answered(finding: Row) -> str:
    return f"（你单位说明：{finding['answer_text']}）" if finding["answer_text"] else ""


def _request(notice: Notice) -> str:
    if not (notice.attention or notice.findings):
        return "请继续按时报送，保持台账、报备与案管登记一致。"
    until = f"，于{notice.next_due}前" if notice.next_due else "，随下一期报表"
    return (
        f"请逐项核实{until}办结或更正：已办未录的补录，登记不一致的与案管室核对后更正，"
        "确属特殊情况的书面说明原因。更正以重新报送的报表为准，不接受口头更正。"
    )


def write_notice(
    notice: Notice, figures: Figures, span: Span, source: Source, stem: Path
) -> list[Path]:
    """Write one unit's notice as docx and xlsx beside each other; returns the two."""
    docx = write_docx(
        notice_content(notice, figures, span, source), {}, stem.with_name(f"{stem.name}.docx")
    )
    book = write_workbook(
        f"{notice.unit['name']}{span.title}提示函附表",
        remark(figures, source),
        _sheets(notice, source),
        source,
        stem.with_name(f"{stem.name}.xlsx"),
    )
    return [docx, book]


def _sheets(notice: Notice, source: Source) -> list[Sheet]:
    return [
        _figures_sheet(notice),
        attention_sheet(
            notice.attention, source, "督办事项", "截至截止日需要办理的事项。", with_unit=False
        ),
        findings_sheet(notice.findings, lambda r: _whole(r, notice), with_unit=False),
    ]


def _figures_sheet(notice: Notice) -> Sheet:
    """The unit's figures, each with its id as a note.

    Places and the distribution of the group have none: they set the units' figures side by side.
    """
    names = notice.titles
    rows: list[tuple[Value, ...]] = []
    for f in notice.figures:
        if f.unit_code == DISTRICT or f.text_value is not None:
            continue  # lists of names are the district's
        place = notice.places.get(f.indicator)
        spread: tuple[str, ...] = ("",) * 6
        if place is not None:
            spread = (
                f"{place['place']}/{place['unit_count']}",
                *(
                    number(place[n], place["unit_of_measure"])
                    for n in ("lowest", "lower_quartile", "median", "upper_quartile", "highest")
                ),
            )
        words = (last_year(f, ""), comparison(f, "") or SMALL)
        rows.append(
            (
                names.get(f.indicator, f.indicator),
                f.unit_of_measure,
                Noted(f.cell, f.id),
                *words,
                *spread,
            )
        )
    labels = ("组内位次", "组内最低", "下四分位", "中位", "上四分位", "组内最高")
    return Sheet(
        name="本单位数字",
        title=f"{notice.unit['name']}的数字",
        note="位次由高到低，数值相同位次相同，斜线后为参加排位的单位数；未报和小分母比率不参加；不设排名组的单位不排位。",
        columns=(
            Column(label="指标", width=40),
            Column(label="计量单位", width=10),
            Column(label="本期", width=10, is_figure=True),
            Column(label="去年同期", width=10, is_figure=True),
            Column(label="比较", width=30),
            *(Column(label=label, width=10, is_figure=True) for label in labels),
        ),
        rows=tuple(rows),
    )
