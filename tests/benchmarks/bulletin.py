"""Write the bulletin alone, as Word file and PDF: `bulletin.py RELEASE PERIOD FOLDER`."""

import json
import sys
from datetime import datetime
from pathlib import Path

from expectations.contract import contracts
from reports.bulletin.content import Picture, Source
from reports.bulletin.figures import figures_of
from reports.bulletin.fonts import chinese_font
from reports.bulletin.pdf import write_pdf
from reports.bulletin.pictures import draw
from reports.bulletin.sections import bulletin
from reports.bulletin.word import write_docx
from reports.bulletin.wording import span


def write(release: Path, period: str, folder: Path) -> None:
    """Read the figures, say them, draw and set."""
    manifest = json.loads((release / "manifest.json").read_text(encoding="utf-8"))
    figures, font = figures_of(release / "jijian.duckdb", period), chinese_font()
    if figures is None or font is None:
        raise SystemExit("no figures of the period, or no Chinese font: run npm ci in reports")
    source = Source(
        release=release.name,
        as_of=datetime.fromisoformat(manifest["as_of"]),
        is_provisional=manifest["is_provisional"],
        made_by="",
        forms={form: contract.title for form, contract in contracts().items()},
    )
    content = bulletin(figures, span(period), source)
    pictures = [b for s in content.sections for b in s.blocks if isinstance(b, Picture)]
    drawings = {p.caption: draw(p, font.path) for p in pictures}
    write_pdf(content, drawings, folder / "bulletin.pdf", font)
    write_docx(content, drawings, folder / "bulletin.docx")


if __name__ == "__main__":
    write(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
