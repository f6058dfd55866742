"""Faults that follow from how a contract declares its columns; a new column has its own."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from expectations import registry
from expectations.checks import events
from expectations.contract import Column, Contract
from expectations.finding import ERROR, INFO, WARNING
from orchestration.sample.books import Row
from orchestration.sample.faults.draft import Written
from orchestration.sample.faults.rows import BEFORE_ALL, WRITTEN_FOR, RowFault, sound

DAY = timedelta(1)
LONG_AGO = timedelta(75)  # more than `stat_lag_days`
NEITHER = "X1"  # fits no pattern
BOTH = "both "  # of rows.yml: in both rows of a matter
UNKNOWN = "Z9"  # is on no list
UNREADABLE = {  # spellings that must not be guessed at (returns §1.4)
    "date": ("7/1/2023", "23-7-1", "2023年7月", "2023-02-30", 45108),
    "int": ("12件", "1.5", "十二", "约12", "10+"),
    "decimal": ("1.2万", "12000元", "3%", "1.234", "约2"),
    "bool": ("√", "有", "Y", "1", "0"),
}


def column_faults(contract: Contract) -> Iterator[RowFault]:
    """Every fault that the declarations of a contract's columns know, and the double key."""
    for place, column in enumerate(contract.columns):
        for rule, value in _of_value(column, place):
            yield _fault(contract, column, rule, ERROR, {column.name: value})
        if column.type == "date":
            yield from _of_date(contract, column)
        if column.stat_of:
            yield from _of_statistics(contract, column)
        if not column.required and not column.stat_of and sound_value(contract, column) is None:
            yield _fault(contract, column, "G14", INFO, {column.name: Written("—")})
        if column.same and len(contract.key) > 1:
            yield from _of_matter(contract, column)
    yield RowFault(
        rule="G05", severity=ERROR, form=contract.form, unit=sound()[contract.form].unit,
        column=contract.key[0], rows=({}, None),
    )  # fmt: skip


def sound_value(contract: Contract, column: Column) -> Any:
    """What the sound row states in a column."""
    return sound()[contract.form].row.get(column.name)


def _fault(
    contract: Contract, column: Column, rule: str, severity: str, values: Row, *follows: str
) -> RowFault:
    mine, name = sound()[contract.form], f"{rule} {column.name}"
    return RowFault(
        rule=rule,
        severity=severity,
        form=contract.form,
        unit=mine.unit,
        column=column.name,
        rows=(values | mine.beside.get(name, {}),),
        follows=(*follows, *mine.follows.get(name, ())),
    )


def _of_value(column: Column, place: int) -> Iterator[tuple[str, Any]]:
    """G01 to G04: blank, unreadable, against its limits, on no list."""
    if column.required:
        yield "G01", None
    if wrong := UNREADABLE.get(column.type):
        yield "G02", Written(wrong[place % len(wrong)])
    for value in _beyond(column):
        yield "G03", value
    if column.code_list:
        yield "G04", Written(UNKNOWN)
        parents = [c.code for c in registry.codes(column.code_list) if not c.is_leaf]
        if parents:
            yield "G04", Written(parents[place % len(parents)])


def _beyond(column: Column) -> Iterator[Any]:
    if column.pattern:
        yield Written(NEITHER)
    if column.not_value:
        yield column.not_value
    if column.min is not None:
        yield column.min - 1
    if column.max is not None:
        yield column.max + 1
    if column.above is not None:
        yield column.above
    if column.max_length is not None:
        yield "长" * (column.max_length + 1)


def _of_date(contract: Contract, column: Column) -> Iterator[RowFault]:
    """G06 and G07: after the period, before there was any; its statistics date is left blank."""
    beside = dict(sound()[contract.form].beside.get(column.name, {}))
    beside |= {c.name: None for c in contract.columns if column.name in events(contract, c)}
    if not column.plan:
        yield _fault(contract, column, "G06", ERROR, {**beside, column.name: WRITTEN_FOR + DAY})
    follows = ("G08",) if column.stat_of else ()  # for it is before its event, too
    yield _fault(contract, column, "G07", ERROR, {**beside, column.name: BEFORE_ALL}, *follows)


def _of_statistics(contract: Contract, column: Column) -> Iterator[RowFault]:
    """G08 to G10: before its event, long after it, not filled."""
    beside = sound()[contract.form].beside.get(column.name, {})
    row = sound()[contract.form].row | beside
    event = next(e for e in events(contract, column) if row.get(e))
    day = row[event]
    stated = {**beside, column.name: day}
    yield _fault(contract, column, "G08", ERROR, {**stated, column.name: day - DAY})
    yield _fault(contract, column, "G09", WARNING, {**stated, event: day - LONG_AGO})
    yield _fault(contract, column, "G10", INFO, {**stated, column.name: None})


def _of_matter(contract: Contract, column: Column) -> Iterator[RowFault]:
    """G11: two rows of one matter that differ where they must agree."""
    mine, name = sound()[contract.form], f"G11 {column.name}"
    told = mine.beside.get(name, {column.name: _other(contract, column)})
    second = {k: v for k, v in told.items() if not k.startswith(BOTH)}
    both = {k.removeprefix(BOTH): v for k, v in told.items() if k.startswith(BOTH)}
    yield RowFault(
        rule="G11", severity=ERROR, form=contract.form, unit=mine.unit, column=column.name,
        rows=(both, both | second), follows=tuple(mine.follows.get(name, ())),
    )  # fmt: skip


def _other(contract: Contract, column: Column) -> Any:
    """Another value that the column accepts too."""
    stated = sound_value(contract, column)
    if column.type == "bool":
        return not stated
    if column.type == "date":
        return stated + DAY if stated else WRITTEN_FOR
    if column.code_list == "unit":
        return "OFF02"
    if column.code_list:
        leaves = [c.code for c in registry.codes(column.code_list) if c.is_leaf]
        return next(c for c in leaves if c != stated)
    if column.type == "id":
        prefix = (column.pattern or "")[1:3]
        return f"{prefix}2023000777"
    return 3
