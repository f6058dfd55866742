"""The sheet 回执 of a marked workbook: what was found, the most important first, with links."""

import re
from collections import Counter
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from expectations.contract import contracts
from expectations.finding import ERROR, INFO, WARNING, Finding
from expectations.registry import calendar, units_on
from orchestration.intake.decide import ACCEPTED, Decision
from orchestration.intake.grid import letter
from orchestration.intake.privacy import is_forbidden_label, is_forbidden_value
from orchestration.intake.receipt import HEADER, OUTCOMES, SEVERITIES, WIDTHS, line, ordered
from orchestration.intake.red_pen.styles import ON_BLANK, Styles
from orchestration.intake.sheets import RECEIPT_TITLE

FIRST = 11  # findings start below the rows in which labels are looked for (returns §1.2.9)
MAX_LINKS = 65_000  # a sheet of Excel takes 65,530
_HOW = (
    "在原表中改正后，把本文件整册重报即可，本表和批注不必删除。单元格颜色："
    "红为错误（必须改正），黄为警告（请核对），蓝为提示；批注写明问题、要求和改法"
)
_LEFT_OUT = "（略）"
_UNFIT = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # a program would read it as one character
_PLACE = HEADER.index("位置")


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
    rows, links = _table(found, styles, targets)
    last = letter(len(HEADER))
    merged = [f"A1:{last}1", *(f"B{n}:{last}{n}" for n in range(2, len(head) + 1))]
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
        f"<mergeCells>{''.join(map(_merged, merged))}</mergeCells>"
        f'{linked}<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3"'
        ' footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        "</worksheet>"
    ).encode()


def _head_rows(decision: Decision, styles: Styles) -> list[str]:
    """The rows above the table, none of which holds a word that no label may hold."""
    body, label = styles.text(), styles.text(bold=True)
    title = (RECEIPT_TITLE, styles.text(size=14, bold=True))
    rows = [_row(1, [title], ' ht="22" customHeight="1"')]
    for number, (name, text) in enumerate(_head(decision), start=2):
        fit = _LEFT_OUT if is_forbidden_label(text) else clean(text)
        rows.append(_row(number, [(name, label), (fit, body)], _height(fit)))
    return rows


def _table(
    found: list[Finding], styles: Styles, targets: Mapping[str, bool]
) -> tuple[list[str], list[str]]:
    """The rows of the table, its header first, and the links of its places."""
    body, link, top = (
        styles.text(), styles.text(link=True), styles.text(bold=True, fill="FFE7E6E6")
    )  # fmt: skip
    shades = {s: styles.text(fill=colour) for s, colour in ON_BLANK.items()}
    rows, links = [_row(FIRST - 1, [(text, top) for text in HEADER])], []
    for number, finding in enumerate(found, start=FIRST):
        cells = [(clean(text), body) for text in line(finding)]
        cells[0] = (cells[0][0], shades[finding.severity])
        if finding.sheet is not None and targets.get(finding.sheet):
            cells[_PLACE] = (cells[_PLACE][0], link)
            links.append(_link(number, finding))
        rows.append(_row(number, cells))
    return rows, links


def _head(decision: Decision) -> list[tuple[str, str]]:
    month = calendar().get(decision.period or "")
    unit = units_on(month.ends_on).get(decision.unit_code or "") if month else None
    name = f"{unit.name}（{unit.unit_code}）" if unit else decision.unit_code
    return [
        ("结果", OUTCOMES[decision.outcome]),
        ("问题数", _counts(decision)),
        ("各报表", "\n".join(_form_lines(decision)) or "未判定"),
        ("填报单位", name or "未识别"),
        ("报告期", decision.period or "未识别"),
        ("收到时间", decision.received_at.isoformat(" ", timespec="seconds")),
        ("文件", decision.name),
        ("怎么办", _HOW),
    ]


def _counts(decision: Decision) -> str:
    number = Counter(f.severity for f in decision.findings)
    known = sum(len(form.continued) for form in decision.forms)
    text = "，".join(f"{SEVERITIES[s]}{number[s]}条" for s in (ERROR, WARNING, INFO))
    text += f"，共{number.total()}条，全部列在下面"
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


def _height(text: str) -> str:
    """A merged row does not grow by itself."""
    lines = text.count("\n") + 1
    return f' ht="{17 * lines}" customHeight="1"' if lines > 1 else ""


def _row(number: int, cells: list[tuple[str, int]], height: str = "") -> str:
    made = "".join(
        f'<c r="{letter(n)}{number}" s="{style}" t="inlineStr"><is><t xml:space="preserve">'
        f"{escape(_ESCAPED.sub('_x005F_', text))}</t></is></c>"
        for n, (text, style) in enumerate(cells, start=1)
    )
    return f'<row r="{number}"{height}>{made}</row>'


def _merged(ref: str) -> str:
    return f'<mergeCell ref="{ref}"/>'


def _link(number: int, finding: Finding) -> str:
    sheet = (finding.sheet or "").replace("'", "''")
    target = quoteattr(_UNFIT.sub("", f"'{sheet}'!{finding.cell or 'A1'}"))
    return f'<hyperlink ref="{letter(_PLACE + 1)}{number}" location={target}/>'
