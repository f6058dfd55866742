"""What a resubmission did to the figures, told to the unit beside its receipt."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

from expectations.registry import DISTRICT, calendar, rows, units_on
from orchestration.corrections import Restatement, moves
from orchestration.intake import receipt
from orchestration.intake.files import write_durably
from orchestration.intake.land_register import place_of, write_table
from orchestration.intake.register import returns_known
from orchestration.settings import Home

MOVED = "moved"  # written after the models, before the mart that reads it
ENDING = ".effect.xlsx"
HEADER = ("指标", "统计范围", "计量单位", "更正前", "更正后")
WIDTHS = (44, 18, 10, 14, 14)
GROUPS = {"office": "纪检监察室", "dispatched": "派驻机构", "town": "镇（街道）"}


def tell_moves(home: Home, period: str) -> int:
    """Write to raw which figures the resubmissions moved, and a file beside each receipt.

    How many figures moved is the answer.
    """
    changes = place_of(home.raw, "changes")
    found, moved = moves(home.warehouse, home.dbt_target, changes, period)
    write_table(home.raw, MOVED, moved)
    for place, restatement in _places(home, found):
        ours = [m for m in moved if _of(m) == (restatement.period, *_by(restatement))]
        path = home.receipts / place.with_name(place.name + ENDING)
        write_durably(path, as_workbook(restatement, ours))
    return len(moved)


def _by(one: Restatement) -> tuple[str, datetime]:
    return one.unit_code, one.received_at


def _of(moved: Mapping[str, Any]) -> tuple[str, str, datetime]:
    return moved["period"], moved["unit_code"], moved["received_at"]


def _places(home: Home, found: Sequence[Restatement]) -> Iterable[tuple[Path, Restatement]]:
    """Where the receipts lie of the files that restated something."""
    wanted = {(r.period, *_by(r)): r for r in found}
    places = {}
    for row in returns_known(home, None) if wanted else ():
        one = wanted.get((row.period, row.unit_code, row.received_at))
        if one and row.form in one.forms and row.outcome == "accepted":
            named = (row.period, row.unit_code, row.received_at, row.file_sha256)
            places[receipt.place(*named)] = one
    return places.items()


def as_workbook(one: Restatement, moved: Sequence[Mapping[str, Any]]) -> bytes:
    """The district's, the groups' and the unit's own figures; of others and of parts a count."""
    catalogue = {r["indicator"]: r for r in rows("indicators")}
    order = {indicator: place for place, indicator in enumerate(catalogue)}
    names = {DISTRICT: "全区", **GROUPS, one.unit_code: _name(one)}
    shown = [m for m in moved if m["figure_unit_code"] in names and not m["slice"]]
    shown.sort(key=lambda m: (order[m["indicator"]], [*names].index(m["figure_unit_code"])))
    data = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(data, options) as book:
        book.set_properties({"created": one.received_at})
        sheet = book.add_worksheet("指标变动")
        bold = book.add_format({"bold": True})
        looks = {p: book.add_format({"num_format": "0.0%" if p else "0.##"}) for p in (0, 1)}
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        lines = _head(one, len(shown), len(moved) - len(shown))
        for row, text in enumerate(lines):
            sheet.write_string(row, 0, text, bold if row == 0 else None)
        for column, text in enumerate(HEADER if shown else ()):
            sheet.write_string(len(lines), column, text, bold)
        for row, found in enumerate(shown, start=len(lines) + 1):
            about = catalogue[found["indicator"]]
            measure = about["unit_of_measure"]
            name = f"{about['no']} {about['name_zh']}"
            for column, text in enumerate((name, names[found["figure_unit_code"]], measure)):
                sheet.write_string(row, column, text)
            for column, value in enumerate((found["value_before"], found["value"]), start=3):
                if value is None:
                    sheet.write_string(row, column, "—")
                else:
                    sheet.write_number(row, column, value, looks[measure == "%"])
    return data.getvalue()


def _head(one: Restatement, shown: int, others: int) -> list[str]:
    lines = [
        f"{_name(one)} {one.period} 更正对指标的影响",
        f"{one.received_at:%Y-%m-%d %H:%M:%S} 收到的重报，对照它之前已接收的版本",
    ]
    if not shown:
        lines.append("全区和本单位的指标没有变动")
    if others:
        lines.append(f"另有其他单位的数字、分项的数字共{others}个随之变动，未列出")
    return lines


def _name(one: Restatement) -> str:
    unit = units_on(calendar()[one.period].ends_on).get(one.unit_code)
    return unit.short_name if unit else one.unit_code
