"""Cell styles of a marked workbook: the unit's own with another fill, and those of the 回执.

The colours are ones that hardly anybody uses, so that they are known again in a file that comes
back: a cell that was mended gets the fill it had. Where a cell had a fill of its own, the mark is
another shade and the own colour stands as the (unseen) background of the solid fill.
"""

from copy import deepcopy
from typing import Any

from lxml import etree

from expectations.finding import ERROR, INFO, WARNING
from orchestration.intake.receipts.red_pen.package import WORKBOOK, Package, UnmarkableError

ON_BLANK = {ERROR: "FFFFB3AE", WARNING: "FFFFE08A", INFO: "FFC9E2FB"}
ON_FILL = {ERROR: "FFFFB3AF", WARNING: "FFFFE08B", INFO: "FFC9E2FA"}
MAX_STYLES = 65_490  # of Excel
_PLAIN = (
    '<styleSheet xmlns="{}"><fonts><font><sz val="11"/><name val="宋体"/></font></fonts>'
    '<fills><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    "<borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs>"
    "<cellXfs><xf/></cellXfs></styleSheet>"
)


class _Nodes:
    """The children of one element as a list: a place in the tree is found by counting to it."""

    def __init__(self, parent: Any) -> None:
        self._parent = parent
        self.nodes: list[Any] = list(parent)

    def add(self, node: Any) -> int:
        """Append a node; its number is the answer."""
        self._parent.append(node)
        self.nodes.append(node)
        self._parent.set("count", str(len(self.nodes)))
        return len(self.nodes) - 1


class Styles:
    """`xl/styles.xml`, with styles added at the end."""

    def __init__(self, package: Package) -> None:
        root = package.tree(WORKBOOK)
        self._border = 0
        self._q = "{" + etree.QName(root).namespace + "}"
        there = package.related(WORKBOOK, "styles")
        if not there:
            name = package.free("xl/styles{}.xml")
            package.put(name, _PLAIN.format(self._q[1:-1]).encode(), "styles")
            package.relate(WORKBOOK, "styles", name)
            there = [("", name)]
        sheet = package.tree(there[0][1])
        self._fonts, self._fills, self._xfs = (
            _Nodes(sheet.find(self._q + n)) for n in ("fonts", "fills", "cellXfs")
        )
        self._borders = sheet.find(self._q + "borders")
        if len(self._xfs.nodes) > MAX_STYLES:
            raise UnmarkableError("too many styles")
        self._known: dict[object, int] = {}
        self._ours = self._find_ours(_keeps_background(package))

    def _find_ours(self, keeps_background: bool) -> dict[int, dict[str, str] | None]:
        """Fills with one of our colours, and the colour that was there before."""
        blank, filled = ({c[2:] for c in x.values()} for x in (ON_BLANK, ON_FILL))
        found: dict[int, dict[str, str] | None] = {}
        for number, fill in enumerate(self._fills.nodes):
            colour = _colour(self._q, fill, "fgColor")
            shade = (colour or {}).get("rgb", "")[-6:].upper()
            if shade in blank:
                found[number] = None
            elif shade in filled:
                own = _colour(self._q, fill, "bgColor") if keeps_background else None
                found[number] = own
        return found

    @property
    def stale(self) -> set[int]:
        """Styles that carry a mark of ours."""
        return {n for n, xf in enumerate(self._xfs.nodes) if int(xf.get("fillId", 0)) in self._ours}

    def cleaned(self, style: int) -> int:
        """The style without a mark of ours."""
        fill = int(self._xfs.nodes[style].get("fillId", 0))
        if fill not in self._ours:
            return style
        own = self._ours[fill]
        return self._filled(style, self._fill(own, None) if own else 0)

    def painted(self, style: int, severity: str) -> int:
        """The style with the fill of that severity."""
        style = style if style < len(self._xfs.nodes) else 0
        fill = int(self._xfs.nodes[style].get("fillId", 0))
        own = self._ours[fill] if fill in self._ours else self._own(fill)
        shade = (ON_FILL if own else ON_BLANK)[severity]
        return self._filled(style, self._fill({"rgb": shade}, own))

    def text(
        self,
        *,
        size: int = 11,
        bold: bool = False,
        link: bool = False,
        fill: str | None = None,
        colour: str | None = None,
        framed: bool = False,
        centred: bool = False,
    ) -> int:
        """A style of the 回执: text that stays text, wrapped, at the top of its cell."""
        key = (size, bold, link, fill, colour, framed, centred)
        if key not in self._known:
            font = etree.Element(self._q + "font")
            for tag in ("b",) * bold + ("u",) * link:
                etree.SubElement(font, self._q + tag)
            etree.SubElement(font, self._q + "sz", val=str(size))
            shade = "FF0563C1" if link else colour
            if shade:
                etree.SubElement(font, self._q + "color", rgb=shade)
            etree.SubElement(font, self._q + "name", val="宋体")
            xf = etree.Element(
                self._q + "xf", numFmtId="49", fontId=str(self._fonts.add(font)),
                borderId=str(self._frame() if framed else 0), applyBorder="1",
                fillId=str(self._fill({"rgb": fill}, None) if fill else 0), quotePrefix="1",
                applyNumberFormat="1", applyFont="1", applyFill="1", applyAlignment="1",
            )  # fmt: skip
            place = {"vertical": "top", "wrapText": "1"}
            place |= {"horizontal": "center", "vertical": "center"} if centred else {}
            etree.SubElement(xf, self._q + "alignment", place)
            self._known[key] = self._xfs.add(xf)
        return self._known[key]

    def _frame(self) -> int:
        """A thin grey border on all sides, where the workbook has borders."""
        if self._border == 0 and self._borders is not None:
            border = etree.Element(self._q + "border")
            for side in ("left", "right", "top", "bottom"):
                line = etree.SubElement(border, self._q + side, style="thin")
                etree.SubElement(line, self._q + "color", rgb="FFBFBFBF")
            etree.SubElement(border, self._q + "diagonal")
            self._border = _Nodes(self._borders).add(border)
        return self._border

    def _own(self, fill: int) -> dict[str, str] | None:
        fills = self._fills.nodes
        return _colour(self._q, fills[fill], "fgColor") if fill < len(fills) else None

    def _filled(self, style: int, fill: int) -> int:
        key = ("xf", style, fill)
        if key not in self._known:
            xf = deepcopy(self._xfs.nodes[style])
            xf.set("fillId", str(fill))
            xf.set("applyFill", "1")
            self._known[key] = self._xfs.add(xf)
        return self._known[key]

    def _fill(self, front: dict[str, str], back: dict[str, str] | None) -> int:
        key = ("fill", *sorted(front.items()), *sorted((back or {}).items()))
        if key not in self._known:
            fill = etree.Element(self._q + "fill")
            pattern = etree.SubElement(fill, self._q + "patternFill", patternType="solid")
            etree.SubElement(pattern, self._q + "fgColor", front)
            etree.SubElement(pattern, self._q + "bgColor", back or {"indexed": "64"})
            self._known[key] = self._fills.add(fill)
        return self._known[key]


def _keeps_background(package: Package) -> bool:
    """Whether the program that saved the file left the background colours as they were."""
    name = "docProps/app.xml"
    return name not in package.names or b"LibreOffice" not in package.read(name)


def _colour(q: str, fill: Any, part: str) -> dict[str, str] | None:
    """The colour of a solid fill."""
    pattern = fill.find(q + "patternFill")
    if pattern is None or pattern.get("patternType") != "solid":
        return None
    colour = pattern.find(q + part)
    return None if colour is None else dict(colour.attrib)
