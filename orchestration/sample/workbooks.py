"""The sample district's workbooks and the plan of their arrival, as units would hand them in."""

import csv
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter
from xlsxwriter.workbook import Workbook

from expectations import registry
from expectations.contract import CONTRACT_VERSION, Column, Contract, contracts
from expectations.registry import Period, Unit
from orchestration.sample import rates
from orchestration.sample.ledgers import Ledgers, Row, happens
from orchestration.sample.truth import write_figures
from orchestration.settings import Home

CREATED = datetime(2020, 1, 1, tzinfo=UTC)
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

    Returns:
        The workbooks, in order of arrival.
    """
    known = happens(first, last, seed)
    for told in truth or (last,):
        write_figures(home.sample / "truth", known, registry.calendar()[told])
    plan: list[tuple[datetime, Path]] = []
    for period in registry.calendar().values():
        if not first <= period.period <= last:
            continue
        ledgers = Ledgers(known, period)
        for unit in registry.units_on(period.ends_on).values():
            path = home.inbox / period.period / f"{unit.unit_code}__{period.period}.xlsx"
            path.parent.mkdir(parents=True, exist_ok=True)
            arrives = _arrival(seed, unit, period)
            _write(path, unit, period, ledgers, arrives.date())
            plan.append((arrives, path))
        progress(f"已生成 {period.period} 报表")
    plan.sort()
    _write_plan(home, plan)
    return [path for _, path in plan]


def _arrival(seed: int, unit: Unit, period: Period) -> datetime:
    """Between the 1st of the next month and the due day, or late, yet before it closes."""
    rng = Random(f"{seed}/{period.period}/{unit.unit_code}/arrival")
    opens = period.ends_on + timedelta(1)
    late = rng.random() < rates.HANDS_IN_LATE.get(unit.unit_code, rates.LATE_OTHERWISE)
    if late:
        day = period.due_on + timedelta(rng.randint(1, (period.closes_on - period.due_on).days))
    else:
        day = opens + timedelta(rng.randint(0, (period.due_on - opens).days))
    return datetime.combine(day, time(rng.randint(8, 17), rng.randint(0, 59)))


def _write_plan(home: Home, plan: list[tuple[datetime, Path]]) -> None:
    home.sample.mkdir(parents=True, exist_ok=True)
    with (home.sample / "plan.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("path", "received_at"))
        for arrives, path in plan:
            # relative to the plan itself, as `jijian receive --plan` reads it
            place = Path("..") / path.relative_to(home.root)
            writer.writerow((place.as_posix(), arrives.isoformat()))


def _write(path: Path, unit: Unit, period: Period, ledgers: Ledgers, sent_on: date) -> None:
    owed = [c for c in contracts().values() if c.is_owed(unit.unit_type_code, period.ends_on)]
    stated = {c.form: ledgers.rows(c.form, unit) for c in owed}
    book = xlsxwriter.Workbook(path, {"constant_memory": False})
    book.set_properties({"created": CREATED})
    _cover(book, unit, period, owed, stated, sent_on)
    for contract in owed:
        _sheet(book, contract, unit, period, stated[contract.form])
    _meta(book, unit, period, owed)
    book.close()


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
    facts = {"填报单位代码": unit.unit_code, "填报单位": unit.name, "报告期": period.period}
    facts |= {"填报人": "填报甲", "审核人": "审核乙"}
    for row, (label, value) in enumerate(facts.items(), 1):
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


def _sheet(book: Workbook, contract: Contract, unit: Unit, period: Period, rows: list[Row]) -> None:
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
    sheet.freeze_panes(3, 0)
    for col, column in enumerate(contract.columns):
        shape = formats.get(column.type, text)
        sheet.set_column(col, col, 16, shape)
        sheet.write_string(2, col, column.label + ("*" if column.required else ""), bold)
        for row, values in enumerate(rows, 3):
            value = _spelt(column, values.get(column.name))
            if value is not None:
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


def _spelt(column: Column, value: Any) -> Any:
    """The value as the unit types it: labels for codes, 是 and 否, real dates and numbers."""
    if value is None:
        return None
    if column.code_list:
        return (_labels(column.code_list) | column.also)[value]
    if column.type == "bool":
        return "是" if value else "否"
    if column.type == "date":
        return datetime.combine(value, time())
    return value


@cache
def _labels(code_list: str) -> dict[str, str]:
    if code_list == "unit":
        return {u.unit_code: u.name for u in registry.units()}
    return {c.code: c.label for c in registry.codes(code_list)}
