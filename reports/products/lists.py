"""The rows behind the figures, for lists and notices: matters, findings, places, units."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

QUERIES = Path(__file__).parents[1] / "queries"
READ_BY_OTHERS = (  # queries that others name, each after those it reads
    *("units_listed", "attention", "indicator_titles", "slice_labels"),
    "finding_effects",
)
Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Lists:
    """The lists of one period of a release, each in its order of print.

    Attributes:
        attention: matters and returns that need attention (`queries/attention.sql`).
        attention_units: the same counted by unit.
        findings: open findings with their messages.
        places: of units in their ranking groups.
        units: that owe returns, to each of which goes a notice.
        titles: what each indicator is called where it is printed.
    """

    attention: list[Row]
    attention_units: list[Row]
    findings: list[Row]
    places: list[Row]
    units: list[Row]
    titles: dict[str, str]


def lists_of(database: Path, period: str) -> Lists:
    """Read the lists of a period from a release's `jijian.duckdb`.

    Raises:
        duckdb.CatalogException: the release was made before there were such lists.
    """
    with duckdb.connect(str(database), read_only=True) as con:
        for name in READ_BY_OTHERS:
            con.execute(f"create temp view {name} as {_text(name)}")
        return Lists(
            attention=_rows(con, "attention", period),
            attention_units=_rows(con, "attention_units", period),
            findings=_rows(con, "findings_listed", period),
            places=_rows(con, "unit_places", period),
            units=_rows(con, "notice_units", period),
            titles=dict(
                con.execute(
                    f"select indicator, title from ({_text('indicator_titles')})"
                ).fetchall()
            ),
        )


def _rows(con: duckdb.DuckDBPyConnection, query: str, period: str) -> list[Row]:
    # The filter stands outside: the order of the query holds, as DuckDB keeps it through a filter.
    cursor = con.execute(f"from ({_text(query)}) where period = ?", [period])
    names = [d[0] for d in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _text(query: str) -> str:
    return (QUERIES / f"{query}.sql").read_text(encoding="utf-8")
