"""The same content as a fixed PDF, set by typst."""

import json
from pathlib import Path

import typst

from reports.bulletin.content import Bulletin, Section

FONTS = ("FangSong", "FandolFang R", "Noto Serif CJK SC", "Noto Serif SC", "Noto Sans CJK SC")
PREAMBLE = """#set document(title: {title}, date: none)
#set page(paper: "a4", margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm),
  numbering: "— 1 —")
#set text(font: ({fonts}), size: 16pt, lang: "zh", region: "cn")
#set par(leading: 12pt, spacing: 12pt, justify: true)
#align(center, text(22pt, {title}))
#align(center, text(14pt, {cut_off}))
"""


def chinese_font(folders: tuple[Path, ...] = ()) -> str | None:
    """The first font of ours that is present; None if there is no Chinese font at all."""
    present = {family.lower() for family in typst.Fonts(font_paths=list(folders)).families()}
    return next((font for font in FONTS if font.lower() in present), None)


def write_pdf(content: Bulletin, path: Path, font: str, folders: tuple[Path, ...] = ()) -> Path:
    """Write the document in that font."""
    source = path.with_suffix(".typ")
    source.write_text(typst_source(content, font), encoding="utf-8")
    typst.compile(str(source), output=str(path), font_paths=[str(f) for f in folders])
    source.unlink()
    return path


def typst_source(content: Bulletin, font: str) -> str:
    """The document as typst markup; every text is a quoted string, never markup."""
    mark = "　".join(filter(None, (content.cut_off, content.mark)))
    head = PREAMBLE.format(title=_q(content.title), cut_off=_q(mark), fonts=f"{_q(font)},")
    return head + "\n".join(_section(s) for s in content.sections)


def _section(section: Section) -> str:
    lines = [f'#par(text(weight: "bold", {_q(section.heading)}))']
    lines += [
        f"#par(first-line-indent: (amount: 2em, all: true), {_q(p)})" for p in section.paragraphs
    ]
    if section.table:
        header, *body = section.table
        cells = ", ".join(_q(c) for row in body for c in row)
        top = ", ".join(_q(c) for c in header)
        lines.append(f"#text(10.5pt, table(columns: {len(header)}, table.header({top}), {cells}))")
    return "\n".join(lines)


def _q(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
