"""The hand-kept tables (dbt seeds) as Python sees them: units, codes, calendar, parameters.

Every look-up that can change over time takes a date. Nothing is written here.
"""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

SEEDS = Path(__file__).parents[1] / "dbt_project" / "seeds"
DISTRICT = "QX00"
FAR = date(9999, 12, 31)


@dataclass(frozen=True, kw_only=True)
class Unit:
    """One unit under one name: valid from `valid_from` to `valid_to`, both included."""

    unit_code: str
    name: str
    short_name: str
    unit_type_code: str
    ranking_group: str
    valid_from: date
    valid_to: date
    successor_code: str
    sort: int


@dataclass(frozen=True, kw_only=True)
class Code:
    """One code of one list; parents (`is_leaf` False) are not accepted in returns."""

    code: str
    label: str
    is_leaf: bool
    valid_from: date
    valid_to: date


@dataclass(frozen=True, kw_only=True)
class Period:
    """One month: its first and last day, the day returns are due and the day it closes."""

    period: str
    starts_on: date
    ends_on: date
    due_on: date
    closes_on: date


@dataclass(frozen=True, kw_only=True)
class ActivityItem:
    """One item of the tally form; `owed_by` holds unit types and single unit codes."""

    item_code: str
    label: str
    unit_of_measure: str
    owed_by: frozenset[str]
    aggregation: str


def rows(seed: str) -> list[dict[str, str]]:
    """All rows of `seeds/<seed>.csv` as text."""
    with (SEEDS / f"{seed}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _until(text: str) -> date:
    return date.fromisoformat(text) if text else FAR


@cache
def units() -> tuple[Unit, ...]:
    """All rows of the unit registry, in its order (a renamed unit has two)."""
    return tuple(
        Unit(
            **{k: r[k] for k in ("unit_code", "name", "short_name", "unit_type_code")},
            ranking_group=r["ranking_group"],
            valid_from=date.fromisoformat(r["valid_from"]),
            valid_to=_until(r["valid_to"]),
            successor_code=r["successor_code"],
            sort=int(r["sort"]),
        )
        for r in rows("units")
    )


def units_on(day: date) -> dict[str, Unit]:
    """The units valid on that day, by code, in the order of the registry."""
    return {u.unit_code: u for u in units() if u.valid_from <= day <= u.valid_to}


@cache
def codes(code_list: str) -> tuple[Code, ...]:
    """The codes of a list; `unit` and `activity_item` come from their own seeds."""
    if code_list == "activity_item":
        return tuple(
            Code(code=i.item_code, label=i.label, is_leaf=True, valid_from=date.min, valid_to=FAR)
            for i in activity_items().values()
        )
    return tuple(
        Code(
            code=r["code"],
            label=r["label"],
            is_leaf=r["is_leaf"] == "true",
            valid_from=date.fromisoformat(r["valid_from"]),
            valid_to=_until(r["valid_to"]),
        )
        for r in rows("code_lists")
        if r["list"] == code_list
    )


@cache
def calendar() -> dict[str, Period]:
    """All periods by id (`YYYY-MM`), in order."""
    return {
        r["period"]: Period(
            period=r["period"],
            **{
                k: date.fromisoformat(r[k]) for k in ("starts_on", "ends_on", "due_on", "closes_on")
            },
        )
        for r in rows("calendar")
    }


@cache
def activity_items() -> dict[str, ActivityItem]:
    """The items of the tally form by code, in order."""
    return {
        r["item_code"]: ActivityItem(
            **{k: r[k] for k in ("item_code", "label", "unit_of_measure", "aggregation")},
            owed_by=frozenset(r["owed_by"].split()),
        )
        for r in rows("activity_items")
    }


def parameter(name: str, on: date) -> float:
    """The value in force on that day; KeyError if the name is unknown by then."""
    since = {
        date.fromisoformat(r["since"]): float(r["value"])
        for r in rows("parameters")
        if r["name"] == name and date.fromisoformat(r["since"]) <= on
    }
    if not since:
        raise KeyError(f"parameters.csv has no {name} in force on {on}")
    return since[max(since)]
