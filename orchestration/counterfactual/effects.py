"""What a resubmission did to the figures, told to the unit beside its receipt."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

from expectations.registry import DISTRICT, calendar, rows, units_on
from orchestration.counterfactual.corrections import Restatement, moves
from orchestration.intake.files import write_durably
from orchestration.intake.landing.land_register import place_of, write_table
from orchestration.intake.receipts import receipt
from orchestration.intake.register import returns_known
from orchestration.settings import Home

MOVED = "moved"  # written after the models, before the mart that reads it
ENDING = ".effect.xlsx"
HEADER = ("指标", "统计范围", "计量单位", "更正前", "更正后")
WIDTHS = (44, 18, 10, 14, 14)
NOTE = re.compile("^其中|[（(][^）)]*[）)]")  # in a name of the catalogue
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
        bold, percent = book.add_format({"bold": True}), book.add_format({"num_format": "0.0%"})
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        lines: list[tuple[str | float, ...]]
        lines = [(text,) for text in _head(one, len(shown), len(moved) - len(shown))]
        lines += [HEADER, *(_line(m, catalogue[m["indicator"]], names) for m in shown)]
        for row, cells in enumerate(lines):
            look = bold if row == 0 or cells is HEADER else None
            for column, cell in enumerate(cells):
                if isinstance(cell, str):
                    sheet.write_string(row, column, cell, look)
                else:
                    sheet.write_number(row, column, cell, percent if "%" in cells else look)
    return data.getvalue()


def _line(
    moved: Mapping[str, Any], about: Mapping[str, str], names: Mapping[str, str]
) -> tuple[str | float, ...]:
    values = ("—" if v is None else round(v, 4) for v in (moved["value_before"], moved["value"]))
    name = f"{about['no']} {NOTE.sub('', about['name_zh'])}"
    return (name, names[moved["figure_unit_code"]], about["unit_of_measure"], *values)


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
