"""The sample district's workbooks and the plan of their arrival, as units would hand them in."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from expectations import registry
from expectations.contract import CONTRACT_VERSION, Contract, contracts
from expectations.registry import Period, Unit
from orchestration.sample import sheets
from orchestration.sample.arrivals import arrival, write_plan
from orchestration.sample.csv_sets import write_set
from orchestration.sample.ledgers import Ledgers, Row, happens
from orchestration.sample.sheets import Layout
from orchestration.sample.truth import write_figures
from orchestration.settings import Home

if TYPE_CHECKING:
    from orchestration.sample.faults import Planting

CREATED = datetime(2020, 1, 1, tzinfo=UTC)
SENDS_CSV = 0.1  # of those who are messy
UNITS_OF_MEASURE = "件、人、万元"


def _quiet(_: str) -> None:
    """No progress wanted."""


def write_sample(
    home: Home,
    first: str,
    last: str,
    seed: int = 7,
    progress: Callable[[str], None] = _quiet,
    truth: Sequence[str] = (),
    *,
    messy: bool = False,
    faults: bool = False,
) -> list[Path]:
    """Write the workbooks of all units from period `first` to `last` into the inbox.

    Also writes `sample/plan.csv`: the path of each file, relative to the plan, and when it arrives;
    and before any workbook `sample/truth/`: the figures that a release of a period must hold.

    Args:
        home: the home folder.
        first: first period, `YYYY-MM`.
        last: last period, `YYYY-MM`.
        seed: the same seed gives the same bytes.
        progress: called with one line in Chinese per period.
        truth: the periods whose true figures are written, by default `last`.
        faults: whether every kind of fault is planted; `sample/truth/truth.csv` then says what
            must be found where (the true figures hold for the returns without them).
        messy: whether the same statements come in other layouts, spellings and as CSV sets.

    Returns:
        The workbooks, in order of arrival.
    """
    known = happens(first, last, seed)
    for told in truth or (last,):
        write_figures(home.sample / "truth", known, registry.calendar()[told])
    plan: list[tuple[datetime, Path]] = []
    planting = None
    if (
        faults
    ):  # what spoils returns knows the rules; what makes sound ones and their truth does not
        from orchestration.sample.faults import Planting

        planting = Planting(first, last)
    for period in registry.calendar().values():
        if not first <= period.period <= last:
            continue
        ledgers = Ledgers(known, period)
        folder = home.inbox / period.period
        folder.mkdir(parents=True, exist_ok=True)
        for unit in registry.units_on(period.ends_on).values():
            arrives = arrival(seed, unit, period)
            way = Random(f"{seed}/{period.period}/{unit.unit_code}/messy") if messy else None
            paths = _return(folder, unit, period, ledgers, arrives.date(), way, planting)
            plan += [(arrives, path) for path in paths]
            if planting:
                for path in paths:
                    planting.arrived(unit, period, path, arrives)
        progress(f"已生成 {period.period} 报表")
    if planting:
        plan += planting.write(home)
    plan.sort()
    write_plan(home, plan)
    return [path for _, path in plan]


def _return(
    folder: Path,
    unit: Unit,
    period: Period,
    ledgers: Ledgers,
    sent_on: date,
    messy: Random | None,
    planting: "Planting | None",
) -> list[Path]:
    """Write the return of one unit: a workbook, or of some who are messy a set of CSV files."""
    owed = [c for c in contracts().values() if c.is_owed(unit.unit_type_code, period.ends_on)]
    stated = {c.form: ledgers.rows(c.form, unit) for c in owed}
    if planting and not planting.spoil(unit, period, stated):
        return []
    layouts = {c.form: sheets.messy(c, messy) if messy else sheets.plain(c) for c in owed}
    if messy and messy.random() < SENDS_CSV:
        cover = _facts(unit, period) | {"报送日期": sent_on.isoformat()}
        forms = ((c, layouts[c.form], stated[c.form]) for c in owed)
        return write_set(folder, unit, period, cover, forms)
    path = folder / f"{unit.unit_code}__{period.period}.xlsx"
    book = xlsxwriter.Workbook(path, {"constant_memory": False})
    book.set_properties({"created": CREATED})
    _cover(book, unit, period, owed, stated, sent_on)
    for contract in owed:
        _sheet(book, contract, unit, period, layouts[contract.form], stated[contract.form])
    _meta(book, unit, period, owed)
    book.close()
    return [path]


def _facts(unit: Unit, period: Period) -> dict[str, str]:
    """What the cover tells besides the day it is sent."""
    facts = {"填报单位代码": unit.unit_code, "填报单位": unit.name, "报告期": period.period}
    return facts | {"填报人": "填报甲", "审核人": "审核乙"}


def _cover(
    book: Workbook,
    unit: Unit,
    period: Period,
    owed: list[Contract],
    stated: dict[str, list[Row]],
    sent_on: date,
) -> None:
    sheet = book.add_worksheet("封面")
    text, day = book.add_format({"num_format": "@"}), book.add_format({"num_format": "yyyy-mm-dd"})
    bold = book.add_format({"bold": True})
    sheet.set_column(0, 2, 24)
    sheet.write_string(0, 0, "纪检监察工作报表册", bold)
    for row, (label, value) in enumerate(_facts(unit, period).items(), 1):
        sheet.write_string(row, 0, label)
        sheet.write_string(row, 1, value, text)
    sheet.write_string(6, 0, "报送日期")
    sheet.write_datetime(6, 1, datetime.combine(sent_on, time()), day)
    sheet.write_string(7, 0, "更正原因")
    for col, label in enumerate(("报表", "报送方式", "行数")):
        sheet.write_string(9, col, label, bold)
    for row, contract in enumerate(owed, 10):
        count = len(stated[contract.form])
        sheet.write_string(row, 0, contract.title)
        sheet.write_string(row, 1, "有数据" if count else "零报告")
        sheet.write_number(row, 2, count)


def _sheet(
    book: Workbook, contract: Contract, unit: Unit, period: Period, layout: Layout, rows: list[Row]
) -> None:
    sheet = book.add_worksheet(contract.title)
    bold = book.add_format({"bold": True})
    formats = {
        kind: book.add_format({"num_format": shape})
        for kind, shape in (("date", "yyyy-mm-dd"), ("int", "0"), ("decimal", "0.00"))
    }
    text = book.add_format({"num_format": "@"})
    sheet.merge_range(0, 0, 0, len(contract.columns) - 1, contract.title, bold)
    month = f"{period.starts_on.year}年{period.starts_on.month}月"
    sheet.write_string(
        1, 0, f"填报单位：{unit.name}\u3000报告期：{month}\u3000计量单位：{UNITS_OF_MEASURE}"
    )
    top = layout.header_row
    sheet.freeze_panes(top + 1, 0)
    shapes = [formats.get(c.type, text) for c in layout.columns]
    for col, shape in enumerate(shapes):
        sheet.set_column(col, col, 16, shape)
    sheet.write_row(top, 0, layout.labels, bold)
    for row, cells in enumerate(layout.lines(rows), top + 1):
        for col, value in enumerate(cells):
            if value is not None:
                _cell(sheet, row, col, value, shapes[col] if col < len(shapes) else text)


def _cell(sheet: Worksheet, row: int, col: int, value: Any, shape: Format) -> None:
    """Text in the shape of text, so that nothing is turned into a number or a date."""
    if isinstance(value, str):
        sheet.write_string(row, col, value, shape)
    else:
        sheet.write(row, col, value, shape)


def _meta(book: Workbook, unit: Unit, period: Period, owed: list[Contract]) -> None:
    sheet = book.add_worksheet("_meta")
    facts = {
        "template_id": "returns",
        "contract_version": CONTRACT_VERSION,
        "unit_code": unit.unit_code,
        "period": period.period,
        "forms": ",".join(c.form for c in owed),
    }
    for row, (key, value) in enumerate(facts.items()):
        sheet.write_string(row, 0, key)
        sheet.write_string(row, 1, value)
    sheet.very_hidden()
