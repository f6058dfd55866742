"""The figures of one period of a release, and how a figure is printed.

Nothing is computed here: a figure is a row of `queries/figures.sql`.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

QUERIES = Path(__file__).parents[1] / "queries"
DISTRICT = "QX00"
MISSING, NOT_APPLICABLE, SMALL = "未报", "不适用", "—"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One row of `marts.rpt_indicators` with the unit of measure of its indicator."""

    indicator: str
    unit_code: str
    slice: str
    value: float | None
    text_value: str | None
    denominator: float | None
    value_last_year: float | None
    status: str
    unit_of_measure: str
    is_printable: bool

    @property
    def text(self) -> str:
        """The figure as printed: zero, missing and not applicable are different marks."""
        if self.status != "value":
            return {"missing": MISSING, "na": NOT_APPLICABLE}.get(self.status, SMALL)
        if not self.is_printable:
            return SMALL
        if self.text_value is not None:
            return self.text_value
        return number(self.value or 0.0, self.unit_of_measure)


def number(value: float, unit_of_measure: str) -> str:
    """A number in its unit: one decimal of a per cent, two of 万元, never a trailing `.0`."""
    if unit_of_measure == "%":
        return f"{value * 100:.1f}".removesuffix(".0") + "%"
    if unit_of_measure == "万元":
        return f"{value:.2f}"
    return f"{value:.1f}".removesuffix(".0")


@dataclass(frozen=True)
class Figures:
    """All figures of one period by (indicator, unit, slice), and the units of the day."""

    rows: dict[tuple[str, str, str], Figure]
    units: list[dict[str, Any]]

    def of(self, indicator: str, unit: str = DISTRICT, part: str = "") -> Figure:
        """The figure; KeyError if the release does not hold it."""
        return self.rows[(indicator, unit, part)]

    def text(self, indicator: str, unit: str = DISTRICT, part: str = "") -> str:
        """The printed figure; — where the indicator does not exist for that unit."""
        figure = self.rows.get((indicator, unit, part))
        return SMALL if figure is None else figure.text


def figures_of(database: Path, period: str) -> Figures:
    """Read one period's figures and units from a release's `jijian.duckdb`."""
    with duckdb.connect(str(database), read_only=True) as con:
        rows = _records(con, "figures", period)
        units = _records(con, "units_listed", period)
    names = Figure.__dataclass_fields__
    found = [Figure(**{k: r[k] for k in names}) for r in rows]
    return Figures({(f.indicator, f.unit_code, f.slice): f for f in found}, units)


def _records(con: duckdb.DuckDBPyConnection, query: str, period: str) -> list[dict[str, Any]]:
    sql = (QUERIES / f"{query}.sql").read_text(encoding="utf-8")
    cursor = con.execute(f"from ({sql}) where period = ?", [period])
    names = [d[0] for d in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
