"""Comments on marked cells: those of the unit stay, ours of an earlier round go."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from lxml import etree

from orchestration.intake.reading.grid import column_number, letter
from orchestration.intake.receipts.red_pen.cells import Sheet
from orchestration.intake.receipts.red_pen.package import WORKBOOK, Package, UnmarkableError

MARK = "【回执】"  # every comment of ours starts with it, whatever program saves the file
AUTHOR = "统计回执"
_VML = b"<xml>\n</xml>"
_NAMES = (  # on each of our shapes: every program calls them something else at the root
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_SHAPETYPE = (
    f'<v:shapetype {_NAMES} id="_x0000_t202" coordsize="21600,21600" o:spt="202"'
    ' path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>\n'
)
_SHAPE = (
    f'<v:shape {_NAMES} id="_x0000_s{{id}}" type="#_x0000_t202" style="position:absolute;'
    'margin-left:60pt;margin-top:1.5pt;width:260pt;height:120pt;visibility:hidden"'
    ' fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{left}, 15, {row}, 2, {right}, 15, {bottom}, 4</x:Anchor>"
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column>"
    "</x:ClientData></v:shape>\n"
)
_ENDS = re.compile(rb"<\w+:shape\s|</\w+:shape>\s*")
Place = tuple[int, int]  # row, column


def annotate(package: Package, member: str, sheet: Sheet, notes: Mapping[Place, str]) -> None:
    """Put the notes on their cells and take ours of an earlier round away."""
    there = package.related(member, "comments")
    if not (there or notes):
        return
    if there:
        name, root = there[0][1], package.tree(there[0][1])
    else:
        name = package.free("xl/comments{}.xml")
        namespace = etree.QName(package.look(WORKBOOK)).namespace
        package.put(
            name,
            f'<comments xmlns="{namespace}"><authors/><commentList/></comments>'.encode(),
            "comments",
        )
        package.relate(member, "comments", name)
        root = package.tree(name)
    known = {k: node for node in root.iterfind("{*}commentList/{*}comment") if (k := _place(node))}
    gone = {place for place, node in known.items() if _clear(node)}
    for place in gone:
        node = known.pop(place)
        node.getparent().remove(node)
    threads = {_place(n) for _, t in package.related(member, "threadedComment")
               for n in package.look(t)}  # fmt: skip
    new = {p: text for p, text in sorted(notes.items()) if p not in threads}
    _write(root, known, new)
    _draw(package, member, sheet, gone, [p for p in new if p not in known])


def _place(node: Any) -> Place | None:
    match = re.fullmatch(r"([A-Z]+)(\d+)", node.get("ref", ""))
    return (int(match[2]), column_number(match[1])) if match else None


def _clear(node: Any) -> bool:
    """Cut our words off a comment; whether nothing else was in it."""
    texts = list(node.iter("{*}t"))
    before = "".join(t.text or "" for t in texts).partition(MARK)
    if not before[1]:
        return False
    left = len(before[0].rstrip())
    for text in texts:
        text.text = (text.text or "")[:left]
        left -= len(text.text)
    return not before[0].strip()


def _write(root: Any, known: Mapping[Place, Any], notes: Mapping[Place, str]) -> None:
    q = root.tag.removesuffix("comments")
    authors = root.find(q + "authors")
    if AUTHOR not in [a.text for a in authors]:
        etree.SubElement(authors, q + "author").text = AUTHOR
    author = str([a.text for a in authors].index(AUTHOR))
    listed = root.find(q + "commentList")
    for place, words in notes.items():
        if place in known:
            text, words = known[place].find(q + "text"), f"\n{words}"
        else:
            ref = f"{letter(place[1])}{place[0]}"
            node = etree.SubElement(listed, q + "comment", ref=ref, authorId=author)
            text = etree.SubElement(node, q + "text")
        run = etree.SubElement(etree.SubElement(text, q + "r"), q + "t")
        run.text = words
        run.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _draw(
    package: Package, member: str, sheet: Sheet, gone: set[Place], new: Iterable[Place]
) -> None:
    """The shapes in which the comments are shown."""
    drawings = dict(package.related(member, "vmlDrawing"))
    name = drawings.get(sheet.legacy or "")
    if name is None:
        name = package.free("xl/drawings/vmlDrawing{}.vml")
        package.put(name, _VML)
        package.allow("vml", "application/vnd.openxmlformats-officedocument.vmlDrawing")
        sheet.draw(package.relate(member, "vmlDrawing", name), package.office)
    data = _without(package.read(name), gone)
    end = data.rfind(b"</xml>")
    if end < 0:
        raise UnmarkableError("drawing of the comments")
    first = max((int(n) for n in re.findall(rb"_x0000_s(\d+)", data)), default=1024) + 1
    shapes = "" if b'id="_x0000_t202"' in data else _SHAPETYPE
    for number, (row, column) in enumerate(new, start=first):
        shapes += _SHAPE.format(
            id=number, row=row - 1, column=column - 1, left=column, right=column + 3,
            bottom=row + 7,
        )  # fmt: skip
    package.put(name, data[:end] + shapes.encode() + data[end:])


def _without(data: bytes, gone: set[Place]) -> bytes:
    """The drawing without the shapes of those cells, in one pass whatever is in it."""
    kept, done, start = [], 0, None
    for end in _ENDS.finditer(data) if gone else ():
        if not end[0].startswith(b"</"):
            start = end.start()
        elif start is not None:
            if _shown(data[start : end.end()]) in gone:
                kept.append(data[done:start])
                done = end.end()
            start = None
    return b"".join([*kept, data[done:]])


def _shown(shape: bytes) -> Place | None:
    row, column = (re.search(rb"\b%s>\s*(\d+)" % n, shape) for n in (b"Row", b"Column"))
    return (int(row[1]) + 1, int(column[1]) + 1) if row and column else None
