"""The same content as a fixed PDF, set by typst in the layout of GB/T 9704-2012."""

import json
from collections.abc import Mapping
from pathlib import Path

import typst

from reports.bulletin.content import Block, Bulletin, Picture, Section, Table
from reports.bulletin.figures import Figure
from reports.bulletin.fonts import Font
from reports.bulletin.pictures import Drawing
from reports.bulletin.wording import Paragraph

# Around the words of a table's cell: an annex lists forty units on one page.
DATE = "　　　　年　　月　　日　　　　"  # of issue, by hand
PADDING, ANNEX_PADDING = "4pt", "1.9pt"
# 22 lines of 28 characters in 156 mm x 225 mm: 16 pt less 0.2 pt each, lines 28.95 pt apart.
PREAMBLE = """#set document(title: {name}, keywords: ({made_by},), date: none)
#set text(font: {font}, size: 16pt, lang: "zh", region: "cn", tracking: -0.2pt,
  top-edge: 0.85em, bottom-edge: -0.15em)
#set page(paper: "a4", margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm),
  footer-descent: 7mm, footer: context {{
    let page = counter(page).get().first()
    set text(14pt)
    align(if calc.odd(page) {{ right }} else {{ left }}, h(14pt) + [— #page —] + h(14pt))
  }})
#set par(leading: 12.95pt, spacing: 12.95pt, justify: true)
#show figure: set block(breakable: true)
#let main(body) = par(first-line-indent: (amount: 2em, all: true), body)
#let note(body) = block(sticky: true, text(12pt, body))
#let first(level, body) = block(sticky: true, above: 12.95pt, below: 12.95pt,
  heading(level: level, outlined: true, h(2em) + text(16pt, body)))
#show heading: set text(16pt)
#show heading.where(level: 1): set text(font: {heading}, weight: "bold")
#show heading.where(level: 2): set text(font: {kai}, weight: "medium")
#let annex(body) = {{
  pagebreak(weak: true)
  block(sticky: true, below: 4pt, text(font: {heading}, weight: "bold", body))
}}
#let headline(space, body) = block(sticky: true, width: 100%, above: space, below: space,
  align(center, text(22pt, font: {title}, weight: "bold", body)))
#let caption(body) = block(sticky: true, width: 100%, align(center, text(14pt, body)))
#let grid-table(padding, widths, figures-from, small-from, outline, header, ..cells) = {{
  set text(10.5pt, tracking: 0pt)
  show table.cell: it => if it.y > 0 and it.x >= small-from {{ text(7.5pt, it) }} else {{ it }}
  set par(justify: false, leading: 3pt)
  table(columns: widths, inset: (x: 2pt, y: padding), stroke: 0.5pt,
    align: (x, y) => horizon + {{
      if y == 0 or (x == 0 and not outline) or x >= figures-from {{ center }} else {{ left }}
    }},
    table.header(..header.map(h => strong(h))), ..cells)
}}
#let red = rgb("#c00000")
#let mark(body) = block(width: 100%, above: 26pt, below: 30pt,
  align(center, text(36pt, font: {title}, weight: "bold", fill: red, tracking: 4pt, body)))
#let issued(number) = block(width: 100%, below: 34pt, {{
  align(center, number)
  line(length: 100%, stroke: 1.2pt + red)
}})
#text(14pt, weight: "bold", "内部资料　注意保管")
{head}
#headline(18pt, {lines})
#align(center, {cut_off})
#v(12pt)
"""


def write_pdf(content: Bulletin, drawings: Mapping[str, Drawing], path: Path, font: Font) -> Path:
    """Write the document in that font, its pictures by caption."""
    source = typst_source(content, drawings, font)
    fonts = typst.Fonts(font_paths=list(font.folders))
    path.write_bytes(typst.compile(source.encode(), font_paths=fonts, format="pdf"))
    return path


def typst_source(content: Bulletin, drawings: Mapping[str, Drawing], font: Font) -> str:
    """The document as typst markup; every text is a quoted string, never markup."""
    head = PREAMBLE.format(
        name=_q("".join(content.title)),
        lines=" + linebreak() + ".join(_q(line) for line in content.title),
        head=_head(content),
        cut_off=_q(content.cut_off),
        made_by=_q(content.source.made_by),
        font=_q(font.family),
        title=_q(font.title),
        heading=_q(font.heading),
        kai=_q(font.kai),
    )
    main = [_section(s, drawings) for s in content.sections if not s.title]
    annexes = [_section(s, drawings) for s in content.sections if s.title]
    date = [f"#align(right, {_q(DATE)})"] if content.number else []
    return head + "\n".join([*main, *date, *annexes])


def _head(content: Bulletin) -> str:
    """The issuer's mark, the number, and the red line under them."""
    if not content.number:
        return "#v(14pt)"
    return f"#mark({_q(content.mark)})\n#issued({_q(content.number)})"


def _section(section: Section, drawings: Mapping[str, Drawing]) -> str:
    heading, title = _q(section.heading), _q(section.title)
    head = (
        f"#annex({heading})\n#headline(8pt, {title})"
        if section.title
        else f"#first({section.level}, {heading})"
    )
    padding = ANNEX_PADDING if section.title else PADDING
    lines = [head]
    for block in section.blocks:
        is_after = lines[-1].startswith("#main(")
        if is_after and isinstance(block, Paragraph) and block.is_note:
            # One paragraph with the sentence above it, so that no page begins with a note.
            lines[-1] = lines[-1][:-1] + f" + linebreak() + text(12pt, {_q(block.text)}))"
        else:
            lines.append(_block(block, drawings, padding))
    return "\n".join(lines)


def _block(block: Block, drawings: Mapping[str, Drawing], padding: str) -> str:
    if isinstance(block, Paragraph):
        return f"#{'note' if block.is_note else 'main'}({_q(block.text)})"
    if isinstance(block, Picture):
        drawing = drawings.get(block.caption)
        return "" if drawing is None else _picture(block, drawing)
    return _table(block, padding)


def _picture(picture: Picture, drawing: Drawing) -> str:
    image = (
        f'image(bytes({_q(drawing.svg.decode())}), format: "svg",'
        f" width: {drawing.width_mm}mm, alt: {_q(picture.words)})"
    )
    return (
        f"#place(auto, float: true, clearance: 12pt, block(breakable: false, width: 100%,"
        f" align(center, {image} + v(2pt) + text(14pt, {_q(picture.caption)}))))"
    )


def _table(table: Table, padding: str) -> str:
    widths = ", ".join(f"{w}mm" for w in table.widths)
    header = ", ".join(_q(label) for label in table.header)
    cells = "".join(f", {_q(printed(c))}" for row in table.rows for c in row)
    lines = [f"#caption({_q(table.caption)})"] if table.caption else []
    if table.note:
        lines.append(f"#note({_q(table.note)})")
    small = len(table.header) if table.small_from is None else table.small_from
    call = (
        f"#grid-table({padding}, ({widths}), {table.figure_from}, {small},"
        f" {str(table.is_outline).lower()}, ({header},){cells})"
    )
    lines.append(f"#block(breakable: {str(not table.is_short).lower()})[{call}]")
    return "\n".join(lines)


def printed(cell: str | Figure) -> str:
    """A table's cell as text."""
    return cell if isinstance(cell, str) else cell.cell


def _q(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
