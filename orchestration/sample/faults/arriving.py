"""The faulty files: one for each fault of files, misnamed ones, CSV files alone, and late ones."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta

from expectations import registry
from expectations.contract import contracts
from expectations.finding import ERROR, INFO, WARNING
from expectations.registry import Period, Unit
from orchestration.sample.faults.door import EARLY, Faulty, csv_set, workbook
from orchestration.sample.faults.draft import COVER, FIRST, Draft, add_form, draft
from orchestration.sample.faults.files import (
    FILE_FAULTS,
    FORM,
    ORG,
    ROWS,
    TITLE,
    FileFault,
    cell_of,
    column_of,
    no_rows,
    on_form,
    page_of,
)
from orchestration.sample.faults.planted import Planted
from orchestration.sample.faults.rows import Numbers

HOUR = timedelta(hours=1)
EVENING = time(20)
NIL = "transfers"  # which few units have any of


def faulty_files(last: Period, again: Unit) -> Iterator[Faulty]:
    """One file for each fault of files.

    Args:
        last: the month the files are of.
        again: a unit whose return of the month came in time and has no transfers; it is handed
            in once more.
    """
    units = registry.units_on(last.ends_on)
    towns = [u for u in units.values() if u.ranking_group == "town"]
    arrives = datetime.combine(last.ends_on + timedelta(1), EARLY)
    for number, fault in enumerate(FILE_FAULTS):
        unit = units[fault.unit] if fault.unit else towns[number % len(towns)]
        made = _sound(unit, last)
        planted = _planted(fault, made)
        if fault.severity != ERROR or fault.form not in ("", FORM):  # the form would be accepted
            page_of(made).lines[FIRST][column_of(ORG) - 1] = None
            planted.append(
                replace(
                    planted[0], rule="G01", severity=ERROR, form=FORM, sheet=TITLE,
                    cell=cell_of(ORG, FIRST + 1),
                )
            )  # fmt: skip
        fault.spoil(made)
        yield workbook(made, f"{fault.rule}-{number}", arrives, planted)
    yield from _misnamed(towns[0], towns[1], last, arrives)
    yield from _as_csv(towns[2], last, arrives)
    yield from _late(towns[3], last)
    yield from _again(again, last)


def _sound(unit: Unit, period: Period) -> Draft:
    made = draft(unit, period)
    contract = contracts()[FORM]
    numbers = Numbers(contract, unit.unit_code, period)
    add_form(made, contract, [row for _ in range(ROWS) for row in numbers.sound()])
    return made


def _planted(fault: FileFault, made: Draft) -> list[Planted]:
    first = Planted(
        file="", unit=made.unit_code, period=made.period, rule=fault.rule, sheet=fault.sheet,
        cell=fault.cell, severity=fault.severity, form=fault.form,
    )  # fmt: skip
    also = replace(first, severity=WARNING, follows=fault.rule)
    cells = {"P15": fault.cell}  # the others are about the sheet or the file
    return [first, *(replace(also, rule=r, cell=cells.get(r, "")) for r in fault.follows)]


def _misnamed(unit: Unit, other: Unit, last: Period, arrives: datetime) -> Iterator[Faulty]:
    """A name that states another unit (P27), and what is no workbook at all (P01)."""
    made = _sound(unit, last)
    (told,) = _planted(FileFault("P27", ERROR, no_rows, COVER), made)
    name = f"{other.unit_code}__{last.period}__P27.xlsx"
    yield workbook(made, "P27", arrives, [told], name)
    (told,) = _planted(FileFault("P01", ERROR, no_rows), made)
    for name, data in (
        (f"{unit.unit_code}__{last.period}__P01-text.xlsx", "报表稍后报送".encode()),
        (f"{unit.unit_code}__{last.period}__P01-old.xls", made.xlsx()),
    ):
        yield Faulty(name=name, data=data, arrives=arrives, planted=(replace(told, file=name),))


def _as_csv(unit: Unit, last: Period, arrives: datetime) -> Iterator[Faulty]:
    """CSV files without their cover (P20), and one that is no text (P01)."""
    made = _sound(unit, last)
    made.has_cover = False
    page_of(made).lines[FIRST][column_of(ORG) - 1] = None
    (lone,) = _planted(FileFault("P20", WARNING, no_rows), made)
    (blank,) = _planted(on_form("G01", ERROR, no_rows, cell_of(ORG, FIRST + 1)), made)
    for one in csv_set(made, "P20", arrives, [blank]):
        yield replace(one, planted=(*one.planted, replace(lone, file=one.name)))
    name = f"recoveries__{unit.unit_code}__{last.period}__P01.csv"
    (told,) = _planted(FileFault("P01", ERROR, no_rows), made)
    data = "财物编号".encode("utf-16")
    yield Faulty(name=name, data=data, arrives=arrives, planted=(replace(told, file=name),))


def _again(unit: Unit, last: Period) -> Iterator[Faulty]:
    """A nil statement handed in again before and after the close, and once unchanged."""
    arrives = datetime.combine(last.due_on, EVENING)  # the day's returns have arrived
    closed = datetime.combine(last.closes_on + timedelta(1), EARLY)
    first, second = _nil(unit, last), _nil(unit, last)
    second.cover["填报人"] = "填报丙"
    fault = FileFault("P21", WARNING, no_rows, contracts()[NIL].title, form=NIL)
    yield workbook(first, "P21", arrives, _planted(fault, first))
    fault = FileFault("P24", INFO, no_rows)
    yield workbook(first, "P24", arrives + HOUR, _planted(fault, first))
    fault = FileFault("P22", ERROR, no_rows, follows=("P23",))
    yield workbook(second, "P22", closed, _planted(fault, second))


def _nil(unit: Unit, period: Period) -> Draft:
    made = draft(unit, period)
    made.listed.append([contracts()[NIL].title, "零报告", 0])
    return made


def _late(unit: Unit, last: Period) -> Iterator[Faulty]:
    """A faulty return after the due day."""
    made = _sound(unit, last)
    page_of(made).lines[FIRST][column_of(ORG) - 1] = None
    planted = _planted(FileFault("P23", WARNING, no_rows), made)
    again = replace(planted[0], rule="P21", sheet=TITLE, form=FORM, follows="P23")
    planted += _planted(on_form("G01", ERROR, no_rows, cell_of(ORG, FIRST + 1)), made)
    planted.append(again)  # for the unit has reported the form already
    yield workbook(made, "P23", datetime.combine(last.closes_on, EARLY), planted)
