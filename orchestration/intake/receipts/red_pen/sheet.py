"""The sheet 回执 of a marked workbook: what was found, the most important first, with links."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from math import ceil
from xml.sax.saxutils import escape, quoteattr

from expectations.answers import MAX_NOTE, reasons
from expectations.contract import contracts
from expectations.finding import ERROR, INFO, WARNING, Finding
from expectations.registry import calendar, units_on
from orchestration.intake.decide import ACCEPTED, Decision
from orchestration.intake.reading.answers import REPLY
from orchestration.intake.reading.grid import letter
from orchestration.intake.reading.privacy import is_forbidden_label, is_forbidden_value
from orchestration.intake.reading.sheets import RECEIPT, RECEIPT_TITLE
from orchestration.intake.receipts import restated
from orchestration.intake.receipts.receipt import (
    HEADER,
    OUTCOMES,
    SEVERITIES,
    WIDTHS,
    line,
    ordered,
)
from orchestration.intake.receipts.red_pen.styles import ON_BLANK, Styles

FIRST = 11  # findings start below the rows in which labels are looked for (returns §1.2.9)
MAX_LINKS = 65_000  # a sheet of Excel takes 65,530
_HOW = (
    "红色是错误：请在原表中改正，再把本文件整册重报，本表和批注不必删除；批注写明问题、要求和改法。\n"
    "黄色是警告：请核对，有误的改正；无误的可在“{reply}”栏选一项，必要时写补充说明"
    "（{size}字以内，不写人名和号码），随本文件重报。\n"
    "蓝色是提示：供参考。补充说明只有本单位和案管室看得到，其他人只看到所选的一项；"
    "所涉数据有变动，说明自动作废。\n"
    "用 CSV 报送的，也可另附 {csv}，三栏：编号,说明,补充说明。"
)
_LEFT_OUT = "（略）"
_UNFIT = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # a program would read it as one character
_PLACE = HEADER.index("位置")
_REPLY = HEADER.index(REPLY)  # the note stands right of it
_CODES = HEADER.index("主键")  # from here on for the office and for programs
_SHADE, _PALE, _OPEN, _GREY = "FFDDE7F0", "FFF4F4F4", "FFFFFBE8", "FF7F7F7F"


def clean(text: str) -> str:
    """Text that may stand in XML and that the door lets in again."""
    text = _UNFIT.sub("", text)
    return _LEFT_OUT if is_forbidden_value(text) else text


def receipt_sheet(
    decision: Decision,
    styles: Styles,
    targets: Mapping[str, bool],
    *,
    is_open: bool,
    namespace: str,
) -> bytes:
    """The XML of the sheet; `targets` are the sheets and whether one can go there (not hidden)."""
    head = _head_rows(decision, styles)
    found = ordered(decision.findings)
    rows, links = _table(found, decision, styles, targets)
    told, more, alone = _changes(decision, FIRST + len(found) + 1, styles, targets)
    rows, links = rows + told, links + more
    last = letter(len(HEADER))
    merged = [f"A{n}:{last}{n}" for n in (1, *alone)]
    merged += [f"B{n}:{last}{n}" for n in range(2, len(head) + 1)]
    answerable = [n for n, f in enumerate(found, start=FIRST) if f in decision.answered.numbers]
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
        for n, width in enumerate(WIDTHS, start=1)
    )
    selected = ' tabSelected="1"' if is_open else ""
    linked = f"<hyperlinks>{''.join(links[:MAX_LINKS])}</hyperlinks>" if links else ""
    return (
        f'<worksheet xmlns="{namespace}"><sheetPr><tabColor rgb="FFC00000"/>'
        '<pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView showGridLines="0"{selected} workbookViewId="0"/></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols>'
        f"<sheetData>{''.join([*head, *rows])}</sheetData>"
        f'<autoFilter ref="A{FIRST - 1}:{last}{FIRST - 1 + len(found)}"/>'
        f"<mergeCells>{''.join(map(_merged, merged))}</mergeCells>{_dropdowns(answerable)}"
        f'{linked}<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3"'
        ' footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        "</worksheet>"
    ).encode()


def _head_rows(decision: Decision, styles: Styles) -> list[str]:
    """The rows above the table, none of which holds a word that no label may hold."""
    body, label = styles.text(), styles.text(bold=True)
    title = (RECEIPT_TITLE, styles.text(size=16, bold=True))
    rows = [_row(1, [title], ' ht="28" customHeight="1"')]
    for number, (name, text) in enumerate(_head(decision), start=2):
        fit = _LEFT_OUT if is_forbidden_label(text) else clean(text)
        rows.append(_row(number, [(name, label), (fit, body)], _height([fit], [sum(WIDTHS[1:])])))
    return rows


def _table(
    found: list[Finding], decision: Decision, styles: Styles, targets: Mapping[str, bool]
) -> tuple[list[str], list[str]]:
    """The rows of the table, its header first, and the links of its places."""
    body, link, code, idle, asked, top = (
        styles.text(framed=True),
        styles.text(framed=True, link=True),
        styles.text(framed=True, colour=_GREY),
        styles.text(framed=True, fill=_PALE),
        styles.text(framed=True, fill=_OPEN),
        styles.text(framed=True, bold=True, fill=_SHADE, centred=True),
    )
    shades = {s: styles.text(framed=True, bold=True, fill=c) for s, c in ON_BLANK.items()}
    head = [(text, top) for text in HEADER]
    rows, links = [_row(FIRST - 1, head, _height(HEADER, WIDTHS))], []
    for number, finding in enumerate(found, start=FIRST):
        texts = [clean(text) for text in line(finding, decision)]
        texts[_PLACE] = clean(_where(finding))
        cells = [(text, code if n >= _CODES else body) for n, text in enumerate(texts)]
        cells[0] = (texts[0], shades[finding.severity])
        shade = asked if finding in decision.answered.numbers else idle
        cells[_REPLY:_CODES] = [(text, shade) for text in texts[_REPLY:_CODES]]
        if finding.sheet is not None and targets.get(finding.sheet):
            cells[_PLACE] = (texts[_PLACE], link)
            links.append(_link(number, finding.sheet, finding.cell))
        rows.append(_row(number, cells, _height(texts, WIDTHS)))
    return rows, links


def _where(finding: Finding) -> str:
    """Sheet, row and first cell, for LibreOffice wraps no link; the others are marked as well."""
    row = f"第{finding.row}行" if finding.row else ""
    more = f"等{len(finding.cells)}格" if len(finding.cells) > 1 else ""
    return " ".join(p for p in (finding.sheet, row, finding.cell, more) if p) or "整个文件"


def _dropdowns(rows: list[int]) -> str:
    """What may be written beside the warnings: a reason of the list, and a short note."""
    if not rows:
        return ""
    places = [" ".join(f"{letter(_REPLY + 1 + n)}{row}" for row in rows) for n in (0, 1)]
    words = ",".join(reason.words for reason in reasons().values())
    told = "；".join(f"{r.words}：{r.meaning}" for r in reasons().values())
    shown = 'allowBlank="1" showInputMessage="1" showErrorMessage="1"'
    return (
        f'<dataValidations count="2"><dataValidation type="list" {shown} promptTitle="说明"'
        f' prompt={quoteattr(told[:250])} errorTitle="说明" error="请从下拉列表中选一项"'
        f' sqref="{places[0]}"><formula1>"{words}"</formula1></dataValidation>'
        f'<dataValidation type="textLength" operator="lessThanOrEqual" {shown}'
        f' promptTitle="补充说明" prompt="不超过{MAX_NOTE}个字，不写人名和号码"'
        f' errorTitle="补充说明" error="不超过{MAX_NOTE}个字" sqref="{places[1]}">'
        f"<formula1>{MAX_NOTE}</formula1></dataValidation></dataValidations>"
    )


def _changes(
    decision: Decision, first: int, styles: Styles, targets: Mapping[str, bool]
) -> tuple[list[str], list[str], list[int]]:
    """What a resubmission changes, below the findings; its links, and the rows of one cell."""
    body, link, bold, top = (
        styles.text(framed=True),
        styles.text(framed=True, link=True),
        styles.text(bold=True),
        styles.text(framed=True, bold=True, fill=_SHADE, centred=True),
    )
    found = list(restated.rows(decision))
    lines = [[(clean(text), bold)] for text in restated.heading(decision)]
    lines += [[(text, top) for text in restated.HEADER]] if found else []
    links = []
    for change, texts in found:
        cells = [(clean(text), body) for text in texts]
        if change.cell and targets.get(change.sheet):
            cells[_PLACE] = (cells[_PLACE][0], link)
            links.append(_link(first + len(lines), change.sheet, change.cell))
        lines.append(cells)
    lines += [[(text, styles.text())] for text in restated.unlisted(decision)]
    rows, alone = [], []
    for number, cells in enumerate(lines, start=first):
        texts = tuple(text for text, _ in cells)
        widths = WIDTHS[: len(texts)] if len(texts) > 1 else [sum(WIDTHS)]
        rows.append(_row(number, cells, _height(texts, widths)))
        alone += [number] if len(texts) == 1 else []
    return rows, links, alone


def _head(decision: Decision) -> list[tuple[str, str]]:
    month = calendar().get(decision.period or "")
    unit = units_on(month.ends_on).get(decision.unit_code or "") if month else None
    name = f"{unit.name}（{unit.unit_code}）" if unit else decision.unit_code
    more = "；与已接收版本的对照列在问题之后" if restated.heading(decision) else ""
    return [
        ("结果", OUTCOMES[decision.outcome] + more),
        ("问题数", _counts(decision)),
        ("各报表", "\n".join(_form_lines(decision)) or "未判定"),
        ("填报单位", name or "未识别"),
        ("报告期", decision.period or "未识别"),
        ("收到时间", decision.received_at.isoformat(" ", timespec="seconds")),
        ("文件", decision.shown_name),
        ("怎么办", _HOW.format(reply=REPLY, size=MAX_NOTE, csv=_csv_name(decision))),
    ]


def _counts(decision: Decision) -> str:
    number = Counter(f.severity for f in decision.findings)
    known = sum(len(form.continued) for form in decision.forms)
    text = "，".join(f"{SEVERITIES[s]}{number[s]}条" for s in (ERROR, WARNING, INFO))
    text += f"，共{number.total()}条，全部列在下面"
    said = sum(decision.answered.of(f) is not None for f in decision.findings)
    text += f"；已有说明的警告{said}条" if said else ""
    return text + (f"；另有上期已提示、本期仍在的警告{known}条" if known else "")


def _form_lines(decision: Decision) -> list[str]:
    """A line for each form with findings, one for all the others."""
    lines, good = [], 0
    for form in decision.forms:
        number = Counter(f.severity for f in form.findings)
        if form.outcome == ACCEPTED and not number:
            good += 1
            continue
        counts = [f"{SEVERITIES[s]}{number[s]}条" for s in (ERROR, WARNING, INFO) if number[s]]
        size = "零报告" if form.nil else f"{form.rows}行"
        parts = [OUTCOMES[form.outcome], size, *counts]
        lines.append(f"{contracts()[form.form].title}：{'，'.join(parts)}")
    return lines + ([f"{'其余' if lines else ''}{good}张报表：已接收，没有问题"] if good else [])


def _csv_name(decision: Decision) -> str:
    return f"{RECEIPT}__{decision.unit_code or '单位代码'}__{decision.period or '报告期'}.csv"


def _height(texts: Sequence[str], widths: Sequence[float]) -> str:
    """Room for every line of the row: no program makes room for merged or all wrapped cells."""
    lines = max(
        sum(max(1, ceil(_width(part) / (width - 1))) for part in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
    )
    return f' ht="{min(15 * lines + 6, 400)}" customHeight="1"'


def _width(text: str) -> int:
    """In characters of western text; a Chinese one takes two."""
    return sum(1 if char < "\u2000" else 2 for char in text)


def _row(number: int, cells: list[tuple[str, int]], height: str = "") -> str:
    made = "".join(
        f'<c r="{letter(n)}{number}" s="{style}" t="inlineStr"><is><t xml:space="preserve">'
        f"{escape(_ESCAPED.sub('_x005F_', text))}</t></is></c>"
        for n, (text, style) in enumerate(cells, start=1)
    )
    return f'<row r="{number}"{height}>{made}</row>'


def _merged(ref: str) -> str:
    return f'<mergeCell ref="{ref}"/>'


def _link(number: int, sheet: str, cell: str | None) -> str:
    name = sheet.replace("'", "''")
    target = quoteattr(_UNFIT.sub("", f"'{name}'!{cell or 'A1'}"))
    return f'<hyperlink ref="{letter(_PLACE + 1)}{number}" location={target}/>'
