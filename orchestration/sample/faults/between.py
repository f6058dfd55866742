"""Faults that several returns together show: added to what the units state (returns §4)."""

import re
from dataclasses import dataclass, field, fields, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from expectations import registry
from expectations.contract import contracts
from expectations.reconciliation import reconciliations
from expectations.registry import Period, Unit
from orchestration.intake.reading.grid import letter
from orchestration.sample.books import Row
from orchestration.sample.faults.draft import FIRST
from orchestration.sample.faults.planted import Planted
from orchestration.sample.faults.rows import numbered, sound, value_of

SOURCE = Path(__file__).with_name("between.yml")
ALWAYS = (0,)
SERIES = 7  # of their numbers, so that none meets one of the sample or of another fault


# Rules that nothing stated can break: they hold what we computed against itself (R24 ... R54),
# against an earlier release (R33, R38), large counts of the district with each other (R37), or a
# waiver against the day (R60).
ELSEWHERE = (
    "R24",
    "R27",
    "R28",
    "R29",
    "R30",
    "R32",
    "R33",
    "R36",
    "R37",
    "R38",
    "R53",
    "R54",
    "R60",
)


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What one unit states on one form, in the months given back from the last one."""

    form: str
    unit: str
    values: Row = field(default_factory=dict)
    months: tuple[int, ...] = ALWAYS
    nth: int = 1
    of: int | None = None
    item: str | None = None
    only: dict[str, float] = field(default_factory=dict)
    count: int = 1
    absent: bool = False


@dataclass(frozen=True, kw_only=True)
class Contradiction:
    """One fault between returns: who states what, and what must be found.

    Attributes:
        rule: id of the reconciliation.
        states: what is stated; the first tells the place, unless `at` says another.
        at: which of the statements is found at fault.
        unit: the unit whom the finding is for, if not the one who states that.
        key: the key that the finding names, if not that of the row.
        severity: as the finding says, if the rule does not.
        follows: other rules that are broken with it, each with unit and key.
    """

    rule: str
    states: tuple[Statement, ...]
    at: int = 0
    unit: str | None = None
    key: str | None = None
    severity: str | None = None
    follows: tuple[dict[str, str], ...] = ()


def is_planted(key: str) -> bool:
    """Whether a finding's key is of a matter that was planted here."""
    return re.match(rf"[A-Z]{{2}}[0-9]{{4}}{SERIES}[0-9]+", key) is not None


@cache
def contradictions() -> tuple[Contradiction, ...]:
    """The faults of `between.yml`, in its order."""
    raw = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    return tuple(
        Contradiction(
            states=tuple(Statement(**_statement(s)) for s in one["states"]),
            follows=tuple(one.get("follows", ())),
            **{k: v for k, v in one.items() if k not in ("states", "follows")},
        )
        for one in raw
        if "rule" in one
    )


def _statement(raw: dict[str, Any]) -> dict[str, Any]:
    known = {f.name for f in fields(Statement)} - {"values"}
    told = {k: v for k, v in raw.items() if k in known}
    if "months" in told:
        told["months"] = tuple(told["months"])
    return told | {"values": {k: v for k, v in raw.items() if k not in known}}


class Between:
    """Plants the contradictions of one sample while its returns are written."""

    def __init__(self, first: str, last: Period) -> None:
        self._last = last
        self.planted: list[Planted] = []
        months = [m for m in registry.calendar() if m <= last.period]
        self._back = {m: n - len(months) + 1 for n, m in enumerate(months)}
        reach = self._back[first]
        self._chosen = [
            (n, c)
            for n, c in enumerate(contradictions(), 1)
            if all(m >= reach for s in c.states for m in s.months)
        ]

    def spoil(self, unit: Unit, period: Period, stated: dict[str, list[Row]]) -> bool:
        """Add to what a unit states in a month; False if it must not report."""
        back = self._back[period.period]
        reports = True
        for number, one in self._chosen:
            for place, told in enumerate(one.states):
                if told.unit != unit.unit_code or back not in told.months:
                    continue
                reports = reports and not told.absent
                row = self._state(number, told, stated.get(told.form, []))
                if place == one.at and back == max(told.months):
                    self._plant(one, told, unit, period, stated, row)
        return reports

    def _state(self, number: int, told: Statement, rows: list[Row]) -> int:
        """Add or change a row; its place on the sheet from 0."""
        if told.absent:
            return 0
        if told.only:
            for n, row in enumerate(rows):
                month = {"month_quantity": float(told.only.get(row["item_code"], 0))}
                rows[n] = row | month | {"ytd_quantity": None}
            return 0
        if told.item is not None:
            place = next(n for n, r in enumerate(rows) if r["item_code"] == told.item)
            if told.values.get("dropped"):
                del rows[place]
            else:
                rows[place] = rows[place] | {"ytd_quantity": None} | _changed(rows[place], told)
            return place
        for nth in range(told.nth, told.nth + told.count):
            rows.append(self._row(number, replace(told, nth=nth)))
        return len(rows) - 1

    def _row(self, number: int, told: Statement) -> Row:
        contract = contracts()[told.form]
        made = dict(sound()[told.form].row)
        given = numbered(self._last, number * 10 + (told.of or told.nth), SERIES)
        own_numbers = numbered(self._last, number * 10 + told.nth, SERIES)
        own = {c.name for c in contract.columns if c.required or c.name in made}
        made |= {k: v for k, v in given.items() if k in own and k in contract.names}
        key = contract.column(contract.key[0])
        if key.name in own_numbers:
            made[key.name] = own_numbers[key.name]
        made |= told.values
        return {k: value_of(v, made | given, told.unit, self._last) for k, v in made.items()}

    def _plant(
        self, one: Contradiction, told: Statement, unit: Unit, period: Period,
        stated: dict[str, list[Row]], place: int,
    ) -> None:  # fmt: skip
        contract = contracts()[told.form]
        rows = stated.get(told.form, [])
        row = {} if told.absent or told.values.get("dropped") else rows[place]
        shown = [str(row[k]) for k in contract.key if contract.column(k).privacy != "S3" and row]
        key = "/".join(shown) if one.key is None else one.key
        at = Planted(
            file=f"{unit.unit_code}__{period.period}.xlsx",
            unit=one.unit or unit.unit_code, period=self._last.period, rule=one.rule,
            sheet=contract.title, cell=f"{letter(1)}{FIRST + place}" if row else "",
            severity=one.severity or reconciliations()[one.rule].severity,
            form=told.form, key=key,
        )  # fmt: skip
        self.planted.append(at)
        for also in one.follows:
            rule = also["rule"]
            told_of = {"unit": also.get("unit", at.unit), "key": also.get("key", key)}
            if told_of["key"] == "=row":
                told_of["key"] = "/".join(shown)
            severity = reconciliations()[rule].severity
            self.planted.append(
                replace(at, rule=rule, severity=severity, follows=one.rule, **told_of)
            )


def _changed(row: Row, told: Statement) -> Row:
    month = row["month_quantity"] + told.values.get("plus", 0)
    return {"month_quantity": month} | {k: v for k, v in told.values.items() if k != "plus"}
