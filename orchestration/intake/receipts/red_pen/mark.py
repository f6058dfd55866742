"""The unit's own workbook with what was found marked in it: the red pen.

Only the parts that are marked change; the zip parts of all other sheets keep their bytes. A file
that was refused for privacy, or whose contents were not looked through, gets no marked copy.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from lxml import etree

from expectations.finding import ERROR, INFO, WARNING, Finding
from orchestration.intake.decide import Decision
from orchestration.intake.reading.csv_set import name_of
from orchestration.intake.reading.grid import column_number, normalised
from orchestration.intake.reading.sheets import RECEIPT, RECEIPT_TITLE
from orchestration.intake.reading.submission import Submission
from orchestration.intake.receipts.receipt import SEVERITIES, ordered
from orchestration.intake.receipts.red_pen.cells import Sheet
from orchestration.intake.receipts.red_pen.comments import MARK, annotate
from orchestration.intake.receipts.red_pen.csv_copy import as_workbook
from orchestration.intake.receipts.red_pen.package import WORKBOOK, Package, UnmarkableError
from orchestration.intake.receipts.red_pen.sheet import clean, receipt_sheet
from orchestration.intake.receipts.red_pen.styles import Styles

_SELECTED = re.compile(rb"\btabSelected\s*=\s*[\"'](?:1|true)[\"']")
MOST_CELLS = 30_000  # with a comment each; Excel opens no more, and all are listed in the receipt
_HEAD = 16_384  # bytes in which the views of a sheet stand
Place = tuple[int, int]  # row, column


def marked(path: Path, sub: Submission, decision: Decision) -> bytes | None:
    """The marked copy of the file; None where there is nothing to mark or it must or can not be.

    Whatever stands in the way of marking must not stand in the way of the receipt.
    """
    troubled = any(f.severity in (ERROR, WARNING) for f in decision.findings)
    name = name_of(path) if sub.kind == "csv" else None
    if name and name.form == RECEIPT:  # there is nothing in it to mark but the answers
        return None
    if not (troubled and decision.is_kept and sub.is_scanned):
        return None
    try:
        data = path.read_bytes()
        book = as_workbook(data, sub, decision) if sub.kind == "csv" else data
        return mark(book, decision)
    except Exception:  # a workbook built in a way that no program builds it
        return None


def mark(data: bytes, decision: Decision) -> bytes:
    """The workbook with colours, comments and the sheet 回执.

    Raises:
        Exception: of many kinds, for a package that is no sound workbook.
    """
    package = Package(data)
    by_sheet: dict[str, dict[Place, list[Finding]]] = defaultdict(lambda: defaultdict(list))
    for finding in ordered(decision.findings):
        for cell in finding.cells or ((finding.cell,) if finding.cell else ()):
            if place := _place(cell):
                by_sheet[finding.sheet or ""][place].append(finding)
    if sum(map(len, by_sheet.values())) > MOST_CELLS:
        raise UnmarkableError("too many cells")
    ours = _receipt_of(package)
    styles = Styles(package)
    stale = {style: styles.cleaned(style) for style in sorted(styles.stale)}
    sheets = {name: member for name, member in package.sheets.items() if member != ours}
    changed = [n for n, m in sheets.items() if by_sheet.get(n) or _has_marks(package, m, stale)]
    selected = {n for n, m in sheets.items() if _SELECTED.search(package.head(m, _HEAD))}
    is_open = selected <= set(changed)
    for name in changed:
        _sheet(package, sheets[name], by_sheet.get(name, {}), styles, stale, is_open)
    _receipt(package, ours, decision, styles, is_open)
    return package.save()


def _place(cell: str) -> Place | None:
    match = re.fullmatch(r"([A-Z]{1,3})([0-9]{1,7})", cell)
    return (int(match[2]), column_number(match[1])) if match else None


def _has_marks(package: Package, member: str, stale: dict[int, int]) -> bool:
    """Whether the sheet carries marks of an earlier round."""
    comments = (package.read(name) for _, name in package.related(member, "comments"))
    if any(MARK.encode() in data for data in comments):
        return True
    if not stale:
        return False
    styles = re.findall(rb"\ss=[\"'](\d+)[\"']", package.read(member))
    return any(int(style) in stale for style in set(styles))


def _sheet(
    package: Package,
    member: str,
    found: dict[Place, list[Finding]],
    styles: Styles,
    stale: dict[int, int],
    is_open: bool,
) -> None:
    wanted: dict[int, dict[int, str]] = defaultdict(dict)
    for (row, column), findings in found.items():
        wanted[row][column] = min((f.severity for f in findings), key=[ERROR, WARNING, INFO].index)
    sheet = Sheet(package.read(member))
    sheet.mark(wanted, styles.painted, stale)
    annotate(package, member, sheet, {place: _note(f) for place, f in found.items()})
    if is_open:
        sheet.unselect()
    package.put(member, sheet.text)


def _note(findings: Iterable[Finding]) -> str:
    """The comment: what is wrong, what was expected, how to mend it, and at last the codes."""
    parts = []
    for finding in findings:
        lines = [f"{MARK}{SEVERITIES[finding.severity]}：{finding.message}"]
        lines += [f"要求：{finding.expected}"] if finding.expected else []
        lines += [f"改法：{finding.fix}"] if finding.fix else []
        if len(finding.cells) > 1:
            lines.append(f"一并核对：{'、'.join(finding.cells)}")
        parts.append("\n".join([*lines, f"规则：{finding.rule}"]))
    return clean("\n\n".join(parts))


def _receipt_of(package: Package) -> str | None:
    """The member of the 回执 that an earlier round added."""
    for name, member in package.sheets.items():
        if normalised(name) == RECEIPT and _first_text(package, member) == RECEIPT_TITLE:
            return member
    return None


def _first_text(package: Package, member: str) -> str:
    """Text of a sheet's first cell."""
    cell = package.look(member).find("{*}sheetData/{*}row/{*}c")
    if cell is None:
        return ""
    text = "".join(cell.itertext())
    if cell.get("t") != "s":
        return text
    ((_, name),) = package.related(WORKBOOK, "sharedStrings")
    return "".join(package.look(name)[int(text)].itertext())


def _receipt(
    package: Package, ours: str | None, decision: Decision, styles: Styles, is_open: bool
) -> None:
    """Add the sheet in front of all others, or write it anew in the place it has."""
    root = package.tree(WORKBOOK)
    sheets = root.find("{*}sheets")
    seen = {s.get("name", ""): s.get("state", "visible") == "visible" for s in sheets}
    seen = {title: shown for title, shown in seen.items() if package.sheets.get(title) != ours}
    namespace = etree.QName(root).namespace
    name = ours or package.free("xl/worksheets/sheet{}.xml")
    xml = receipt_sheet(decision, styles, seen, is_open=is_open, namespace=namespace)
    package.put(name, xml, None if ours else "worksheet")
    if ours:
        folder, _, base = name.rpartition("/")
        package.drop(f"{folder}/_rels/{base}.rels")
        place = _place_of(package, sheets, ours)
    else:
        place = _add_in_front(package, root, sheets, name)
    for view in root.iterfind("{*}bookViews/{*}workbookView"):
        view.attrib.pop("firstSheet", None)
        if is_open:
            view.set("activeTab", str(place))
        elif not ours:
            view.set("activeTab", str(int(view.get("activeTab", 0)) + 1))


def _place_of(package: Package, sheets: Any, member: str) -> int:
    identity = next(i for i, m in package.related(WORKBOOK, "worksheet") if m == member)
    return next(n for n, s in enumerate(sheets) if identity in s.attrib.values())


def _add_in_front(package: Package, root: Any, sheets: Any, member: str) -> int:
    identity = package.relate(WORKBOOK, "worksheet", member)
    taken = {s.get("name", "").casefold() for s in sheets}
    title = next(
        t for n in range(1, 1000) if (t := f"{RECEIPT}({n})" if n > 1 else RECEIPT) not in taken
    )
    # Without a prefix of its own it would get one that depends on what else was imported.
    node = etree.Element(sheets[0].tag, name=title, nsmap={"r": package.office})
    node.set("sheetId", str(max(int(s.get("sheetId", 0)) for s in sheets) + 1))
    node.set(f"{{{package.office}}}id", identity)
    sheets.insert(0, node)
    for defined in root.iterfind("{*}definedNames/{*}definedName"):
        if (local := defined.get("localSheetId")) is not None:
            defined.set("localSheetId", str(int(local) + 1))
    return 0
