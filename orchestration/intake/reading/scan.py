"""What the sheet XML says beyond values: extent, faults, hidden rows, merged cells, comments."""

import re
from xml.etree import ElementTree as ET
from xml.parsers import expat

import numpy as np

from orchestration.intake.reading.grid import column_number

MAX_ROW = 4_000  # beyond, or beyond column ZZ, the extent is measured cell by cell
_P = rb"<(?:\w+:)?"
_ROW = re.compile(_P + rb"row\b([^>]*)>")
_NUMBER = re.compile(rb'\br="(\d+)"')
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_MERGE = re.compile(rb'mergeCell\b[^>]*\bref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
# Sought without a word's boundary before it, six times as fast: a few too many are looked at.
_MAYBE_FAR = re.compile(rb"r=[\"'](?:\d{4}|[A-Z]{3}\d)")
_FAR = re.compile(rb"\br=[\"'][A-Z]{3}\d")
_LAST = re.compile(rb"row[^>]*?\br=[\"'](\d+)[\"']")
_REF = re.compile(r"([A-Z]+)(\d+)")
_QUOTED = re.compile(r'"[^"]*"|\\.')


def hidden_rows(xml: bytes) -> set[int]:
    """Rows hidden by hand or by a filter."""
    if b"hidden=" not in xml:
        return set()
    found = (_NUMBER.search(m[1]) for m in _ROW.finditer(xml) if _HIDDEN.search(m[1]))
    return {int(number[1]) for number in found if number}


def merged_ranges(xml: bytes) -> list[tuple[int, int, int, int]]:
    """(first row, first column, last row, last column) of each merged range."""
    found = [m.groups() for m in _MERGE.finditer(xml) if xml[m.start() - 1] in b"<:"]
    return [
        (int(b), column_number(a.decode()), int(d), column_number(c.decode()))
        for a, b, c, d in found
    ]


def needs_pass(xml: bytes) -> bool:
    """Whether the sheet may hold error values (`"e"`) or formulas (`<f` or `:f`).

    Of every sheet: each search of bytes would take as long as all of this.
    """
    text = np.frombuffer(xml, np.uint8)
    opened = text[np.flatnonzero(text[1:] == ord("f"))]
    if (opened == ord("<")).any() or (opened == ord(":")).any():
        return True
    around = np.flatnonzero(text[1:-1] == ord("e"))
    before, after = text[around], text[around + 2]
    return bool(((before == after) & ((after == ord('"')) | (after == ord("'")))).any())


def may_be_far(xml: bytes) -> bool:
    """Whether a cell may stand so far out that its grid cannot be held in memory."""
    if not _MAYBE_FAR.search(xml):
        return False
    return bool(_FAR.search(xml)) or max(map(int, _LAST.findall(xml)), default=0) > MAX_ROW


class _Cells:
    """Expat handlers that note every filled cell."""

    def __init__(self) -> None:
        self.found: list[tuple[int, int, bool]] = []
        self.styled: list[tuple[int, int, int]] = []
        self._row = self._column = 0
        self._type = self._inside = ""
        self._style = 0
        self._formula = self._value = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "row":
            self._row, self._column = int(attributes.get("r", self._row + 1)), 0
        elif name == "c":
            match = _REF.fullmatch(attributes.get("r", ""))
            self._column = column_number(match[1]) if match else self._column + 1
            self._type = attributes.get("t", "n")
            self._style = int(attributes.get("s", 0))
            self._formula = self._value = False
        elif name in ("f", "v", "t"):
            self._inside = name
            self._formula = self._formula or name == "f"

    def text(self, data: str) -> None:
        if data and self._inside in ("v", "t"):
            self._value = True

    def end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name in ("f", "v", "t"):
            self._inside = ""
        elif name == "c" and (self._formula or self._value):
            uncached = self._formula and not self._value and self._type != "str"
            self.found.append((self._row, self._column, uncached or self._type == "e"))
            if self._type == "n" and self._value:
                self.styled.append((self._row, self._column, self._style))


def filled_cells(xml: bytes) -> list[tuple[int, int, bool]]:
    """(row, column, is faulty) of every cell with a value, a formula or an error."""
    return _passed(xml).found


def numbers_in(xml: bytes, styles: set[int]) -> set[tuple[int, int]]:
    """(row, column) of every number in one of the styles."""
    if not any(b's="%d"' % s in xml or b"s='%d'" % s in xml for s in styles):
        return set()
    return {(r, c) for r, c, s in _passed(xml).styled if s in styles}


def percent_styles(xml: bytes) -> set[int]:
    """The styles of cells, by their number in the workbook, that show a percentage."""
    if b"%" not in xml and b'numFmtId="9"' not in xml and b'numFmtId="10"' not in xml:
        return set()
    tree = ET.fromstring(xml)
    plain = {n.get("numFmtId"): _QUOTED.sub("", n.get("formatCode", ""))
             for n in tree.iterfind(".//{*}numFmts/{*}numFmt")}  # fmt: skip
    percent = {"9", "10"} | {i for i, code in plain.items() if "%" in code}
    kinds = tree.iterfind("{*}cellXfs/{*}xf")
    return {n for n, kind in enumerate(kinds) if kind.get("numFmtId") in percent}


def _passed(xml: bytes) -> _Cells:
    cells = _Cells()
    parser = expat.ParserCreate()
    parser.StartElementHandler = cells.start
    parser.EndElementHandler = cells.end
    parser.CharacterDataHandler = cells.text
    parser.Parse(xml, True)
    return cells
