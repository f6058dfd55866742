"""提示函 as a document."""

from reports.bulletin.content import Block, Bulletin, Cell, Section, Source, Table
from reports.bulletin.figures import SMALL, Figure, Figures, number
from reports.bulletin.wording import Paragraph, Span, day, last_year, ordinal
from reports.products.lists import Row
from reports.products.notice import Notice
from reports.products.supervision import date_text, matter

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
                notice.whole(r) + _answered(r),
                str(r["first_period"]),
            )
            for r in found
        ),
        widths=(16, 16, 102, 22),
        figure_from=3,
    )
    text = f"核对你单位报表，有{len(found)}条问题尚未解决。{note}"
    return [Paragraph(text=text), table]


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
