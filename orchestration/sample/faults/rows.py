"""Faults of rows: what a contract forbids, one fault a row, beside rows that are sound.

What follows from a contract's columns is made from them (`columns.py`), so that a new column
has its faults by itself; what its own rules forbid is written in `rows.yml`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import yaml

from expectations import registry
from expectations.contract import Column, Contract, contracts
from expectations.registry import Period
from orchestration.sample.books import Row

SOURCE = Path(__file__).with_name("rows.yml")
WRITTEN_FOR = date(2023, 7, 31)
BEFORE_ALL = date(1979, 12, 31)  # the day before the first that a return may state


@dataclass(frozen=True, kw_only=True)
class RowFault:
    """Rows to add, of which the last breaks the rule at a column.

    Attributes:
        rule: id of the rule that must object.
        severity: how.
        form: on which form.
        unit: who reports it.
        column: where.
        rows: the rows, each the sound one with these values; those after the first are of the
            same matter, and None is the row before once more.
        follows: other rules that the row cannot but break, too.
        own_file: whether it returns all of its file, which is then its own.
    """

    rule: str
    severity: str
    form: str
    unit: str
    column: str
    rows: tuple[Row | None, ...]
    follows: tuple[str, ...] = ()
    own_file: bool = False


@dataclass(frozen=True, kw_only=True)
class Sound:
    """What `rows.yml` says of one form."""

    unit: str
    row: Row
    rules: dict[str, Row]
    units: dict[str, str] = field(default_factory=dict)
    beside: dict[str, Row] = field(default_factory=dict)
    follows: dict[str, list[str]] = field(default_factory=dict)


@cache
def sound() -> dict[str, Sound]:
    """The sound row and the faults of each form."""
    raw = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    return {
        form: Sound(row=one["sound"], **{k: v for k, v in one.items() if k != "sound"})
        for form, one in raw.items()
    }


def own_rules(contract: Contract) -> Iterator[RowFault]:
    """Each rule of a contract broken once."""
    mine = sound()[contract.form]
    rules = {r.id: r for r in contract.rules}
    for name, values in mine.rules.items():
        yield RowFault(
            rule=name,
            severity=rules[name].severity,
            form=contract.form,
            unit=mine.units.get(name, mine.unit),
            column=next(iter(values)),
            rows=(values,),
            own_file=rules[name].refuses_file,
        )


class Numbers:
    """Rows with numbers of their own and dates of the period, one after the other."""

    def __init__(self, contract: Contract, unit: str, period: Period) -> None:
        self._contract, self._unit, self._period = contract, unit, period
        self._count = count(1)
        self._items = _items(unit, period)
        self._latest: Row = {}

    def rows(self, fault: RowFault) -> list[Row]:
        """The rows of one fault."""
        found: list[Row] = []
        for values in fault.rows:
            found.append(found[-1] if values is None else self._row(values, again=bool(found)))
        return found

    def sound(self) -> list[Row]:
        """One row in which all is in order."""
        return [self._row({}, again=False)]

    def _row(self, values: Row, *, again: bool) -> Row:
        number = next(self._count)
        made = dict(sound()[self._contract.form].row)
        for column in self._contract.columns:
            if _is_numbered(self._contract, column):
                first = column.name == self._contract.key[0]
                kept = self._latest.get(column.name) if again and first else None
                made[column.name] = kept or self._number(column, number)
        for name, value in values.items():
            made[name] = value
        made = {k: value_of(v, made, self._unit, self._period) for k, v in made.items()}
        self._latest = made
        return made

    def _number(self, column: Column, number: int) -> str:
        if column.code_list == "activity_item":
            return next(self._items)
        if column.type == "text":
            return f"planted_{number}_cnt"
        return number_of(column, self._period.ends_on.year, number)


def value_of(value: Any, row: Row, unit: str, last: Period) -> Any:
    """A value of the YAML as stated: dates of the month, the unit, the row's own values."""
    if isinstance(value, date):
        return value + (last.ends_on - WRITTEN_FOR) if value.year > BEFORE_ALL.year else value
    if value == "=unit":
        return unit
    return row[value[1:]] if isinstance(value, str) and value.startswith("=") else value


def number_of(column: Column, year: int, number: int, series: int = 9) -> str:
    """A number of the shape that the column asks for; of persons the series is 99, 98 ..."""
    prefix, digits = re.findall(r"[A-Z]+|(?<=\{)[0-9]+", column.pattern or "")
    if column.name == "person_no":
        return f"{prefix}9{series}{number:06}"
    width = int(digits) - 4
    return f"{prefix}{year}{series * 10 ** (width - 1) + number:0{width}}"


def numbered(last: Period, number: int, series: int) -> Row:
    """One matter's number in every column of numbers that any form has."""
    columns = {c.name: c for f in contracts().values() for c in f.columns if c.type == "id"}
    year = last.ends_on.year
    return {name: number_of(c, year, number, series) for name, c in columns.items()}


def _is_numbered(contract: Contract, column: Column) -> bool:
    is_key = column.name == contract.key[0]
    return is_key or column.name == "person_no"


def _items(unit: str, period: Period) -> Iterator[str]:
    """The items the unit owes, in whole numbers."""
    kind = registry.units_on(period.ends_on)[unit].unit_type_code
    for item in registry.activity_items().values():
        if {kind, unit} & item.owed_by and item.unit_of_measure != "万元":
            yield item.item_code


def known_forms() -> dict[str, Contract]:
    """The contracts that have a sound row; a test says that all have."""
    return {form: c for form, c in contracts().items() if form in sound()}
