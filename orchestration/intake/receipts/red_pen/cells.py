"""The XML of one sheet with other styles on some cells: spliced, so that all else keeps its bytes.

A tree written back would rename prefixes, drop what it does not know and need many times the
memory; the pass only notes which tags to replace and where to put what is missing.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from orchestration.intake.reading.grid import column_number, letter
from orchestration.intake.receipts.red_pen.package import UnmarkableError

Wanted = Mapping[int, Mapping[int, str]]  # row, column: severity
_TAG = re.compile(rb"<[^>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^>\"']*)*>")
_STYLE = re.compile(rb"\ss\s*=\s*(?:\"\d*\"|'\d*')")
_SELECTED = re.compile(rb"\stabSelected\s*=\s*(?:\"\w*\"|'\w*')")
_REF = re.compile(r"([A-Z]+)\d+")
# What stands behind legacyDrawing in a worksheet (ECMA-376, CT_Worksheet).
_BEHIND = frozenset(
    {"legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems"}
    | {"tableParts", "extLst", "AlternateContent"}
)


@dataclass
class Sheet:
    """One sheet's XML: read by `mark`, changed by its edits, written by `text`.

    Attributes:
        legacy: relationship id of the drawing that holds the shapes of the comments.
    """

    xml: bytes
    legacy: str | None = None
    edits: list[tuple[int, int, bytes]] = field(default_factory=list)
    _legacy_at: int = 0
    _prefix: str = ""

    @property
    def text(self) -> bytes:
        """The XML with its edits."""
        parts, done = [], 0
        for start, end, new in sorted(self.edits, key=lambda e: e[:2]):
            parts += [self.xml[done:start], new]
            done = end
        return b"".join([*parts, self.xml[done:]])

    def draw(self, identity: str, namespace: str) -> None:
        """Name the drawing of the comments."""
        tag = f'<{self._prefix}legacyDrawing xmlns:rp="{namespace}" rp:id="{identity}"/>'
        self.edits.append((self._legacy_at, self._legacy_at, tag.encode()))

    def unselect(self) -> None:
        """Have the sheet no longer selected, so that it is not edited together with another."""
        for view in re.finditer(rb"<(?:\w+:)?sheetView\b", self.xml):
            tag = _TAG.match(self.xml, view.start())
            if tag and _SELECTED.search(tag[0]):
                self.edits.append((*tag.span(), _SELECTED.sub(b"", tag[0])))

    def mark(
        self, wanted: Wanted, painted: Callable[[int, str], int], cleaned: Mapping[int, int]
    ) -> None:
        """Give the wanted cells the style of their severity, and others their old one back."""
        if self.xml[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in self.xml[:64]:
            raise UnmarkableError("not in UTF-8")
        _Pass(self, wanted, painted, cleaned).run()


class _Pass:
    """Expat handlers that note the edits."""

    def __init__(
        self,
        sheet: Sheet,
        wanted: Wanted,
        painted: Callable[[int, str], int],
        cleaned: Mapping[int, int],
    ) -> None:
        self._sheet, self._wanted = sheet, wanted
        self._painted, self._cleaned = painted, cleaned
        self._rows = sorted(wanted)  # those still to come
        self._columns: list[int] = []  # those of the row still to come
        self._styles: list[tuple[int, int, int]] = []  # first and last column, style
        self._row = self._column = self._row_style = self._depth = 0
        self._has_row_style = False
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def run(self) -> None:
        self._parser.Parse(self._sheet.xml, True)
        if not self._sheet._legacy_at:
            raise UnmarkableError("no worksheet")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        self._depth += 1
        if self._depth == 4 and name == "c":
            self._cell(attributes)
        elif self._depth == 3 and name == "row":
            self._start_row(attributes)
        elif self._depth == 3 and name == "col":
            span = (int(attributes["min"]), int(attributes["max"]), int(attributes.get("style", 0)))
            self._styles.append(span)
        elif self._depth == 1:
            self._sheet._prefix = tag[: -len(name)]
        elif self._depth == 2:
            if name == "legacyDrawing":
                ids = [v for k, v in attributes.items() if k.endswith(":id")]
                self._sheet.legacy = ids[0] if ids else None
            elif name in _BEHIND and not self._sheet._legacy_at:
                self._sheet._legacy_at = self._parser.CurrentByteIndex

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        self._depth -= 1
        if self._depth == 2 and name == "row":
            self._close(self._cells(1 << 30), tag)
        elif self._depth == 1 and name == "sheetData":
            self._close(self._missing_rows(1 << 30), tag)
        elif self._depth == 0 and not self._sheet._legacy_at:
            self._sheet._legacy_at = self._parser.CurrentByteIndex

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row = int(attributes.get("r", self._row + 1))
        self._column = 0
        self._insert(self._missing_rows(self._row))
        if self._rows and self._rows[0] == self._row:
            self._columns = sorted(self._wanted[self._rows.pop(0)])
        self._has_row_style = attributes.get("customFormat") in ("1", "true")
        self._row_style = int(attributes.get("s", 0))

    def _cell(self, attributes: dict[str, str]) -> None:
        match = _REF.fullmatch(attributes.get("r", ""))
        self._column = column_number(match[1]) if match else self._column + 1
        style = int(attributes.get("s", 0))
        if self._columns:
            self._insert(self._cells(self._column))
        if self._columns and self._columns[0] == self._column:
            self._columns.pop(0)
            new = self._painted(style, self._wanted[self._row][self._column])
        elif style in self._cleaned:
            new = self._cleaned[style]
        else:
            return
        tag = self._tag()
        attribute = f' s="{new}"'.encode()
        if _STYLE.search(tag[0]):
            text = _STYLE.sub(attribute, tag[0], count=1)
        else:
            text = re.sub(rb"^<[^\s/>]+", lambda m: m[0] + attribute, tag[0])
        self._sheet.edits.append((*tag.span(), text))

    def _cells(self, before: int) -> str:
        """The wanted cells of the row that are not there, left of a column."""
        made = ""
        while self._columns and self._columns[0] < before:
            column = self._columns.pop(0)
            base = self._row_style if self._has_row_style else self._style_of(column)
            made += self._made(self._row, column, base)
        return made

    def _missing_rows(self, before: int) -> str:
        made, prefix = "", self._sheet._prefix
        while self._rows and self._rows[0] < before:
            row = self._rows.pop(0)
            cells = (self._made(row, c, self._style_of(c)) for c in sorted(self._wanted[row]))
            made += f'<{prefix}row r="{row}">{"".join(cells)}</{prefix}row>'
        return made

    def _made(self, row: int, column: int, base: int) -> str:
        style = self._painted(base, self._wanted[row][column])
        return f'<{self._sheet._prefix}c r="{letter(column)}{row}" s="{style}"/>'

    def _style_of(self, column: int) -> int:
        return next((style for a, b, style in self._styles if a <= column <= b), 0)

    def _insert(self, text: str) -> None:
        if text:
            place = self._parser.CurrentByteIndex
            self._sheet.edits.append((place, place, text.encode()))

    def _tag(self) -> re.Match[bytes]:
        tag = _TAG.match(self._sheet.xml, self._parser.CurrentByteIndex)
        if tag is None:
            raise UnmarkableError("tag not found")
        return tag

    def _close(self, text: str, tag: str) -> None:
        """Put text before an end tag; an empty element is opened for it."""
        if not text:
            return
        xml, place = self._sheet.xml, self._parser.CurrentByteIndex
        if xml.startswith(f"</{tag}".encode(), place):
            self._sheet.edits.append((place, place, text.encode()))
            return
        start = xml.rindex(b"<", 0, place)
        new = xml[start:place].rstrip(b"/> ") + f">{text}</{tag}>".encode()
        self._sheet.edits.append((start, place, new))
