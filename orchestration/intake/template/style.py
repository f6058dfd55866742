"""How the template looks on the screen and on paper."""

from collections.abc import Mapping
from typing import Any

from xlsxwriter import Workbook

INK, LINE, PALE, ENTRY = "#1F2D3D", "#B7C3D0", "#E9EEF4", "#E3F0FB"
BORDER = {"border": 1, "border_color": LINE, "valign": "vcenter"}


def styles(book: Workbook) -> Mapping[str, Any]:
    """The formats of a template by what they are for."""
    wanted: dict[str, dict[str, Any]] = {
        "title": {"bold": True, "font_size": 16, "valign": "vcenter", "font_color": INK},
        "note": {"font_color": "#5A6B7D", "valign": "vcenter"},
        "label": {"bold": True, "bg_color": PALE, **BORDER},
        "head": {"bold": True, "bg_color": PALE, "text_wrap": True, "align": "center", **BORDER},
        "required": {"bold": True, "bg_color": "#CFE0F1", "text_wrap": True, "align": "center",
                     **BORDER},
        "aside": {"bg_color": "#F3F3F3", "text_wrap": True, "align": "center", **BORDER},
        "given": {"num_format": "@", "align": "left", **BORDER},
        "entry": {"num_format": "@", "align": "left", "bg_color": ENTRY, **BORDER},
        "number": {"num_format": "0", "align": "right", "bg_color": ENTRY, **BORDER},
        "day": {"num_format": "yyyy-mm-dd", "align": "left", "bg_color": ENTRY, **BORDER},
        "counted": {"num_format": "0", "align": "right", "font_color": "#5A6B7D", **BORDER},
        "verdict": {"valign": "vcenter", "indent": 1},
        "text": {"num_format": "@", "valign": "vcenter"},
        "date": {"num_format": "yyyy-mm-dd", "valign": "vcenter"},
        "good": {"font_color": "#1E6B34", "bg_color": "#DDF1E0"},
        "waiting": {"font_color": "#7A5A00", "bg_color": "#FFF2CC"},
        "bad": {"font_color": "#9C0006", "bg_color": "#FFC7CE", "bold": True},
        "wanting": {"bg_color": "#FFF2CC"},
    }  # fmt: skip
    return {name: book.add_format(properties) for name, properties in wanted.items()}


def printed(sheet: Any, unit_name: str, pages_wide: int) -> None:
    """A4 across, as many pages wide as stay legible, each naming its sheet and unit."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(pages_wide, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer(f"&L{unit_name}&C&A&R第 &P 页 / 共 &N 页")
