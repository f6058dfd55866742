"""The figures of one period of a release, and how a single one is printed.

Nothing is computed here: a figure is a row of `queries/figures.sql`, which selects from
`marts.rpt_indicators`, or a part of one (`queries/composed.sql`, slice `subject:part`).
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb

QUERIES = Path(__file__).parents[1] / "queries"
DISTRICT = "QX00"
MISSING, NOT_APPLICABLE, SMALL, CARRIED = "未报", "不适用", "—", "*"
SHARE = ":share"  # ends the slice of a part's share; its id but for this is the part's
# The queries beside the figures, each with the columns that order its rows.
LISTS = {
    "cut_offs": "ends_on",
    "units_listed": "sort",
    "rank_labels": "code",
    "parameters": "name",
    "returns_counted": "period",
    "returns_absent": "unit_code, form",
    "findings_open": "rule, short_name",
    "speech": "place",
    "urgent": "place",
    "published_lines": "place",
    "breakdowns": "indicator, part",
    "conduct_levels": "place, type_sort",
    "identities": "place",
    "part_names": "subject, sort",
    "campaigns": "sort",
    "restated": "received_at, unit_code, form",
}
SUMMARY_LISTS = ("cut_offs", "parameters", "part_names")  # all that 总体情况 needs
# Queries that others name.
READ_BY_OTHERS = ("figures", "printed", "breakdowns", "code_parts", "conduct_levels")
REMARKS = re.compile(r"^其中|[（(][^）)]*[）)]|[:：]")


class UnsupportedError(Exception):
    """The data do not support what the document says; the message is Chinese, one line."""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One row of `marts.rpt_indicators` with the unit of measure of its indicator.

    `change` is this year less last year (a difference of fractions for rates), `change_rate`
    its share of last year; `is_printable` is False for a rate of a small denominator.
    """

    indicator: str
    period: str
    unit_code: str
    slice: str
    value: float | None
    text_value: str | None
    numerator: float | None
    denominator: float | None
    value_last_year: float | None
    change: float | None
    change_rate: float | None
    status: str
    unit_missing_count: int
    unit_of_measure: str
    is_printable: bool
    name_zh: str = ""
    forms: str = ""

    @property
    def id(self) -> str:
        """By which the figure is found again: indicator@unit/slice."""
        part = f"/{self.slice}" if self.slice else ""
        return f"{self.indicator}@{self.unit_code}{part}"

    @property
    def title(self) -> str:
        """What is counted, without the catalogue's remarks in brackets."""
        return REMARKS.sub("", self.name_zh).replace('"', "")

    @property
    def is_number(self) -> bool:
        """True if the figure is printed as itself, not as a mark."""
        return self.status == "value" and self.is_printable

    @property
    def text(self) -> str:
        """The figure as printed: zero, missing, not applicable and small are four marks."""
        if self.status != "value":
            return {"missing": MISSING, "na": NOT_APPLICABLE}.get(self.status, SMALL)
        if not self.is_printable:
            return SMALL
        if self.text_value is not None:
            return self.text_value
        return number(self.value or 0.0, self.unit_of_measure)

    @property
    def cell(self) -> str:
        """The figure in a table of units: what a unit that has not reported carries is marked."""
        if not self.unit_missing_count or not self.is_number or self.unit_code == DISTRICT:
            return self.text
        return self.text + CARRIED if self.value else MISSING


def number(value: float, unit_of_measure: str) -> str:
    """A number in its unit: one decimal of a per cent, two of 万元, never a trailing `.0`.

    Halves are rounded up, as the field does: 31.25 is 31.3.
    """
    if unit_of_measure == "%":
        return f"{_rounded(value * 100, 1):.1f}".removesuffix(".0") + "%"
    if unit_of_measure == "万元":
        return f"{_rounded(value, 2):.2f}"
    return f"{_rounded(value, 1):.1f}".removesuffix(".0")


def _rounded(value: float, places: int) -> float:
    return math.copysign(math.floor(abs(value) * 10**places + 0.5) / 10**places, value)


@dataclass(frozen=True, kw_only=True)
class Figures:
    """All figures of one period by (indicator, unit, slice), and the lists printed beside.

    Attributes:
        period: `YYYY-MM`.
        ends_on: the cut-off date.
        rows: the figures of the period.
        year: the district's figures of the year's earlier periods and of this one, by
            (indicator, slice), in the order of the periods.
        lists: the rows of the other queries, by query.
        parameters: the commission's parameters in force at the cut-off date.
    """

    period: str
    ends_on: date
    rows: dict[tuple[str, str, str], Figure]
    year: dict[tuple[str, str], list[Figure]]
    lists: dict[str, list[dict[str, Any]]]
    parameters: dict[str, float]

    def of(self, indicator: str, unit: str = DISTRICT, part: str = "") -> Figure:
        """The figure.

        Raises:
            UnsupportedError: the release does not hold it.
        """
        figure = self.rows.get((indicator, unit, part))
        if figure is None:
            raise UnsupportedError(f"发布中没有通报所需的数字：{indicator}（{unit}，切片“{part}”）")
        return figure

    def find(self, indicator: str, unit: str, part: str = "") -> Figure | None:
        """The figure; None where the indicator does not exist for that unit."""
        return self.rows.get((indicator, unit, part))

    @cached_property
    def by_indicator(self) -> dict[str, list[Figure]]:
        """All figures of each indicator, in the order of the slices."""
        found: dict[str, list[Figure]] = {}
        for figure in self.rows.values():
            found.setdefault(figure.indicator, []).append(figure)
        return found

    def parts(self, indicator: str) -> list[Figure]:
        """The district's figures of all slices of an indicator, in the order of the slices."""
        own = self.by_indicator.get(indicator, [])
        return [f for f in own if f.unit_code == DISTRICT and f.slice]

    def composed(self, subject: str) -> list[tuple[str, Figure]]:
        """The parts of a composition by name, in the order of their list."""
        return [
            (r["part_name"], self.of(r["indicator"], part=f"{subject}:{r['part']}"))
            for r in self.lists["part_names"]
            if r["subject"] == subject
        ]


def figures_of(database: Path, period: str, wanted: Sequence[str] = tuple(LISTS)) -> Figures | None:
    """Read one period from a release's `jijian.duckdb`; None if the release does not hold it.

    Of the lists only those `wanted` are read, `cut_offs` and `parameters` among them.
    """
    with duckdb.connect(str(database), read_only=True) as con:
        for name in READ_BY_OTHERS:
            con.execute(f"create temp view {name} as {_text(name)}")
        in_year = "left(period, 4) = ? and period <= ?"
        year = _records(con, "figures", in_year, "period, slice", period[:4], period)
        own = "period = ? and unit_code = ?"  # parts of units stand on pages alone
        year += _records(con, "composed", own, "slice", period, DISTRICT)
        lists = {n: _records(con, n, "period = ?", LISTS[n], period) for n in wanted}
    figures = [_figure(r) for r in year]
    now = [f for f in figures if f.period == period]
    if not now:
        return None
    history: dict[tuple[str, str], list[Figure]] = {}
    for figure in figures:
        if figure.unit_code == DISTRICT:
            history.setdefault((figure.indicator, figure.slice), []).append(figure)
    return Figures(
        period=period,
        ends_on=lists["cut_offs"][0]["ends_on"],
        rows={(f.indicator, f.unit_code, f.slice): f for f in now},
        year=history,
        lists=lists,
        parameters={r["name"]: r["value"] for r in lists["parameters"]},
    )


def printed_before(database: Path, period: str) -> dict[tuple[str, str, str], Figure] | None:
    """The figures of a period as an earlier release has them; None if it was made otherwise.

    Of parts (`queries/composed.sql`) there are none: what they are parts of changes with them.
    """
    try:
        with duckdb.connect(str(database), read_only=True) as con:
            rows = _records(con, "figures", "period = ?", "slice", period)
    except (duckdb.BinderException, duckdb.CatalogException):
        return None
    return {(r["indicator"], r["unit_code"], r["slice"]): _figure(r) for r in rows}


def _figure(row: dict[str, Any]) -> Figure:
    return Figure(**{k: row[k] for k in Figure.__dataclass_fields__})


def _records(
    con: duckdb.DuckDBPyConnection, query: str, condition: str, order: str, *values: str
) -> list[dict[str, Any]]:
    cursor = con.execute(f"from ({_text(query)}) where {condition} order by {order}", list(values))
    names = [d[0] for d in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _text(query: str) -> str:
    return (QUERIES / f"{query}.sql").read_text(encoding="utf-8")
