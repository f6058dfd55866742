"""领导一页纸: headline figures, six pictures and what needs attention now, on one sheet of A4.

At its foot, small, the id of every figure on it, by which it is explained.
"""

import json
from pathlib import Path

import typst

from reports.bulletin.annexes import open_errors
from reports.bulletin.content import Picture, Source
from reports.bulletin.figures import SMALL, Figure, Figures, number
from reports.bulletin.fonts import Font
from reports.bulletin.pictures import draw
from reports.bulletin.wording import Paragraph, Span, comparison, day, each, paragraph
from reports.products.one_page_pictures import pictures, ranked

HEADLINES = (
    ("受理问题线索", "lead_accepted_cnt", "件"),
    ("处置问题线索", "lead_disposed_cnt", "件"),
    ("立案", "case_filed_cnt", "件"),
    ("处分", "punished_person_cnt", "人"),
    ("一个月内提出处置意见", "disposal_ontime_rate", ""),
    ("线索办结率", "lead_close_rate", ""),
    ("自办案件占比", "self_case_share", ""),
    ("未办结线索", "lead_open_cnt", "件"),
)
# The sentence for each figure that may call for attention; `queries/urgent.sql` ranks them.
WARNINGS = {
    "disposal_overdue_cnt": (
        "{disposal_overdue_cnt|件}线索未在一个月内提出处置意见，涉及{disposal_overdue_unit_cnt|个单位}，"
        "最长逾期{disposal_overdue_days/max|天}。"
    ),
    "lead_overdue_open_cnt": (
        "超期未办结线索{lead_overdue_open_cnt|件}，占未办结线索的{lead_overdue_open_rate}，"
        "涉及{lead_overdue_unit_cnt|个单位}。"
    ),
    "verify_long_pending_cnt": "初步核实久核不结的线索{verify_long_pending_cnt|件}。",
    "disposal_mismatch_cnt": (
        "报备方式与实际不一致{disposal_mismatch_cnt|件}，涉及{disposal_mismatch_unit_cnt|个单位}。"
    ),
    "disposal_unfiled_cnt": "已处置未向案管室报备{disposal_unfiled_cnt|件}。",
    "zero_self_case_unit_cnt": "自办案件零立案的单位{zero_self_case_unit_cnt|个}。",
    "insp_overdue_cnt": "区委巡察反馈问题超期未整改{insp_overdue_cnt|个}。",
    "key_task_lag_cnt": "重点任务落后于序时进度{key_task_lag_cnt|项}。",
    "system_ledger_conflict_cnt": "案管登记与单位台账矛盾{system_ledger_conflict_cnt|条}。",
    "overdue_task_cnt": "超过时限未完成的任务{overdue_task_cnt|项}。",
}
MOST_NAMED = 3
PICTURE_MM, HEIGHT_MM, POINTS = 78, 38, 8.0
NOTHING = "没有需要提请注意的逾期、不一致和零立案。"
PAGE = """#set document(title: {title}, keywords: ({made_by},), date: none)
#set page(paper: "a4", margin: (top: 13mm, bottom: 11mm, x: 15mm))
#set text(font: {font}, size: 9.5pt, lang: "zh", region: "cn")
#set par(leading: 5pt, spacing: 5pt)
#let head(body) = block(above: 12pt, below: 7pt, sticky: true,
  text(12pt, font: {heading}, weight: "bold", body))
#let card(label, value, change) = box(width: 100%, inset: (x: 4pt, y: 6pt),
  stroke: 0.5pt + luma(120), radius: 2pt, {{
    text(9pt, label)
    linebreak()
    v(1.5pt)
    text(18pt, font: {heading}, weight: "bold", value)
    linebreak()
    v(1.5pt)
    text(7.5pt, tracking: -0.2pt, change)
  }})
#let picture(caption, image) = block(breakable: false, width: 100%, {{
    align(center, text(9pt, weight: "bold", caption))
    v(1pt)
    align(center, image)
  }})
#let foot(ids) = {{
    v(1fr)
    line(length: 100%, stroke: 0.4pt + luma(120))
    par(leading: 2.5pt, text(5.5pt, fill: luma(60), ids))
  }}
#grid(columns: (1fr, auto), text(9pt, weight: "bold", "内部资料　注意保管"), text(8.5pt, {origin}))
#v(6pt)
#align(center, text(19pt, font: {titling}, weight: "bold", {title}))
#align(center, text(10.5pt, font: {kai}, {cut_off}))
"""


def write_one_page(figures: Figures, span: Span, source: Source, path: Path, font: Font) -> Path:
    """Write the page in that font; a provisional one has a second with the open errors.

    Raises:
        UnsupportedError: the release does not hold a figure of the page.
    """
    text = one_page_source(figures, span, source, font)
    fonts = typst.Fonts(font_paths=list(font.folders))
    path.write_bytes(typst.compile(text.encode(), font_paths=fonts, format="pdf"))
    return path


def one_page_source(figures: Figures, span: Span, source: Source, font: Font) -> str:
    """The page as typst markup; every text is a quoted string."""
    mark = "　初步数" if source.is_provisional else ""
    head = PAGE.format(
        title=_q(f"{span.title}监督检查审查调查情况一页纸"),
        origin=_q(f"截至{day(source.as_of)}收到的报表　发布{source.release}"),
        cut_off=_q(f"（数据截止日期：{day(figures.ends_on)}{mark}）"),
        made_by=_q(source.made_by),
        font=_q(font.family),
        heading=_q(font.heading),
        titling=_q(font.title),
        kai=_q(font.kai),
    )
    cards = ", ".join(_card(figures, *h) for h in HEADLINES)
    shown, warned = pictures(figures), warnings(figures)
    drawn = ", ".join(_picture(p, font) for p, _ in shown)
    told = ", ".join(_q(w.text) for w in warned or [Paragraph(text=NOTHING)])
    printed = [figures.of(indicator) for _, indicator, _ in HEADLINES]
    printed += [x for _, of in shown for x in of] + [x for w in warned for x in w.figures]
    lines = [
        head,
        f'#head("一、主要数字")\n#grid(columns: (1fr,) * 4, gutter: 5pt, {cards})',
        f'#head("二、结构和走势")\n#grid(columns: (1fr, 1fr), row-gutter: 8pt, {drawn})',
        f'#head("三、需要注意")\n#text(11pt, enum(spacing: 6pt, {told}))',
        f"#foot({_q(_ids(printed))})",
    ]
    if source.is_provisional:
        lines.append(_errors(figures))
    return "\n".join(lines)


def _card(figures: Figures, label: str, indicator: str, counter: str) -> str:
    figure = figures.of(indicator)
    value = figure.text + (counter if figure.is_number else "")
    return (
        f"card({_q(label)}, {_q(value)}, {_q(comparison(figure, counter) or '去年同期无可比数')})"
    )


def _ids(printed: list[Figure]) -> str:
    """The id of each figure, those of an indicator together: indicator@unit/slice."""
    by_indicator: dict[str, list[Figure]] = {}
    for figure in printed:
        by_indicator.setdefault(figure.indicator, []).append(figure)
    ids = (
        f"{of[0].title} {indicator}"
        + "、".join(dict.fromkeys(x.id.removeprefix(indicator) for x in of))
        for indicator, of in by_indicator.items()
    )
    return f"数字编号（依次为指标@单位/分项）：{'；'.join(ids)}。"


def warnings(figures: Figures) -> list[Paragraph]:
    """A sentence for each of the five things most urgent, with the units that stand highest."""
    found = []
    for urgent in figures.lists["urgent"]:
        told = paragraph(figures, WARNINGS[urgent["indicator"]])
        highest, of = _highest(figures, urgent["indicator"])
        text = f"{told.text.removesuffix('。')}{highest}。"
        found.append(Paragraph(text=text, figures=(*told.figures, *of)))
    return found


def _highest(figures: Figures, indicator: str) -> tuple[str, list[Figure]]:
    """Who stands highest, all ties named; nothing where many tie or all have but one."""
    order = ranked(figures, indicator)
    if not order or (order[0][1].value or 0) <= 1:
        return "", []
    top = [pair for pair in order if pair[1].value == order[0][1].value]
    if len(top) > MOST_NAMED:
        return "", []
    names = "、".join(name for name, _ in top)
    first = top[0][1]
    said = f"；最多的是{names}，{each(names)}{first.text}{first.unit_of_measure}"
    return said, [f for _, f in top]


def _picture(picture: Picture, font: Font) -> str:
    if not picture.labels:
        return f"picture({_q(picture.caption)}, {_q(f'没有发生（{SMALL}）')})"
    made = draw(picture, font.path, width_mm=PICTURE_MM, height_mm=HEIGHT_MM, points=POINTS)
    image = (
        f'image(bytes({_q(made.svg.decode())}), format: "svg", width: {PICTURE_MM}mm,'
        f" alt: {_q(picture.words)})"
    )
    return f"picture({_q(picture.caption)}, {image})"


def _errors(figures: Figures) -> str:
    table = open_errors(figures)
    cells = ", ".join(_q(str(c)) for row in (table.header, *table.rows) for c in row)
    count = number(len(table.rows), "")
    return (
        f'#pagebreak()\n#head("附：未解决的错误（{count}类），改正后数字会变")\n'
        f"#table(columns: (14mm, 40mm, 1fr, 14mm), stroke: 0.5pt, {cells})"
    )


def _q(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
