"""The files that must be stopped at the door: faulty rows of all forms, and faulty files."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from expectations import registry
from expectations.contract import Contract, contracts
from expectations.finding import ERROR
from expectations.registry import Period
from orchestration.intake.reading.grid import letter
from orchestration.sample.faults.columns import column_faults
from orchestration.sample.faults.draft import FIRST, Draft, add_form, draft
from orchestration.sample.faults.planted import Planted
from orchestration.sample.faults.rows import Numbers, RowFault, known_forms, own_rules

SOUND_ROWS = 3  # before the faulty ones, so that a sound row can be objected to as well
EARLY = time(7)  # before any return of the month arrives


@dataclass(frozen=True, kw_only=True)
class Faulty:
    """One file, when it arrives, and what it must be answered."""

    name: str
    data: bytes
    arrives: datetime
    planted: tuple[Planted, ...] = ()


def row_faults() -> list[RowFault]:
    """The faults of the rows of all forms."""
    return [f for c in known_forms().values() for f in (*column_faults(c), *own_rules(c))]


def faulty_rows(last: Period) -> Iterator[Faulty]:
    """The faults of rows, as a workbook and again as CSV files: one return for each unit."""
    returns: dict[tuple[str, str, str], list[RowFault]] = defaultdict(list)
    for fault in row_faults():
        place = fault.rule if fault.own_file else "rows"
        returns[fault.unit, _period(fault.form, last).period, place].append(fault)
    for (unit, month, place), faults in returns.items():
        period = registry.calendar()[month]
        made, places = _return(unit, period, faults)
        arrives = datetime.combine(period.ends_on + timedelta(1), EARLY)
        yield workbook(made, place, arrives, places)
        if place == "rows":
            yield from csv_set(made, place, arrives, places)


def _period(form: str, last: Period) -> Period:
    """The newest month for which the form is owed: of a yearly form January."""
    is_yearly = contracts()[form].kind == "yearly"
    return registry.calendar()[f"{last.period[:4]}-01" if is_yearly else last.period]


def _return(unit: str, period: Period, faults: list[RowFault]) -> tuple[Draft, list[Planted]]:
    """The return with all those faults; what is planted does not name its file yet."""
    made = draft(registry.units_on(period.ends_on)[unit], period)
    planted = []
    for form in dict.fromkeys(f.form for f in faults):
        contract = contracts()[form]
        numbers = Numbers(contract, unit, period)
        rows = [r for _ in range(SOUND_ROWS) for r in numbers.sound()]
        mine = [f for f in faults if f.form == form]
        for fault in sorted(mine, key=lambda f: f.rule != "G10"):  # told once, at its first cell
            rows += numbers.rows(fault)
            cell = f"{letter(contract.names.index(fault.column) + 1)}{FIRST + len(rows) - 1}"
            planted += [
                Planted(
                    file="", unit=unit, period=period.period, rule=rule, sheet=contract.title,
                    cell=cell, severity=severity_of(contract, rule, fault), form=form,
                    follows="" if rule == fault.rule else fault.rule,
                )
                for rule in (fault.rule, *fault.follows)
            ]  # fmt: skip
        add_form(made, contract, rows)
    return made, planted


def severity_of(contract: Contract, rule: str, fault: RowFault) -> str:
    """How a rule objects: a contract's own as it says there."""
    own = {r.id: r.severity for r in contract.rules}
    return fault.severity if rule == fault.rule else own.get(rule, ERROR)


def workbook(
    made: Draft, mark: str, arrives: datetime, planted: Iterable[Planted], name: str = ""
) -> Faulty:
    """A return as one workbook, named as the template asks and by its mark."""
    name = name or f"{made.unit_code}__{made.period}__{mark}.xlsx"
    named = tuple(replace(p, file=name) for p in planted)
    return Faulty(name=name, data=made.xlsx(), arrives=arrives, planted=named)


def csv_set(
    made: Draft, mark: str, arrives: datetime, planted: Iterable[Planted]
) -> Iterator[Faulty]:
    """A return as a set of CSV files, in which a sheet's first row are its labels."""
    planted = list(planted)
    for form, data in made.csv().items():
        name = f"{form}__{made.unit_code}__{made.period}__{mark}.csv"
        mine = (p for p in planted if (p.form or "cover") == form)
        named = tuple(replace(p, file=name, cell=_higher(p.cell)) for p in mine)
        yield Faulty(name=name, data=data, arrives=arrives, planted=named)


def _higher(cell: str) -> str:
    """The cell of a CSV file, which lacks the lines above the labels."""
    column = cell.rstrip("0123456789")
    return f"{column}{int(cell[len(column) :]) - FIRST + 2}" if cell else ""
