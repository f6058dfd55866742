"""What a build takes from earlier final releases: figures, standing findings, counts of findings.

Only final releases that were known at the cut, and only while their folder is there; which
ones were read stands in the manifest of the release made from them.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from expectations.registry import calendar
from orchestration.intake.landing.land_register import write_table
from orchestration.settings import Home

FIGURES = """
    select unit_code, indicator, slice, value, numerator, denominator
    from marts.rpt_indicators
    where period = ?
"""
PREVIOUS = """
    select indicator, value
    from marts.rpt_indicators
    where period = ? and unit_code = 'QX00' and slice = '' and value is not null
"""
# A rule may find several fields of one key: together they are one finding that stands.
FINDINGS = """
    select rule, form, unit_code, key, min(first_period) as first_period
    from marts.rpt_findings
    group by all
"""
COUNTED = "rpt_finding_counts"
COUNTS = f"""
    select period, rule, unit_code, hit_cnt, open_cnt, resolved_cnt
    from marts.{COUNTED}
"""


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """A final release that a build reads.

    Attributes:
        id: the release.
        database: its DuckDB file.
        period: the period it was made for.
        as_of: up to when its returns were known.
    """

    id: str
    database: Path
    period: str
    as_of: str


def last_year(period: str) -> str:
    """The same month one year before: 2022-07 for 2023-07."""
    year, month = period.split("-")
    return f"{int(year) - 1}-{month}"


def frozen(home: Home, period: str, as_of: datetime) -> dict[str, Earlier]:
    """For each period whose figures a release of `period` compares: the release they come from.

    The last final release made for a period of the year before, if it reaches as far.
    """
    finals = _finals(home, as_of)
    first = f"{last_year(period)[:4]}-01"
    found = {}
    for cut in (p for p in calendar() if first <= p <= period):
        compared = last_year(cut)
        of_year = [f for f in finals if f.period[:4] == compared[:4]]
        if of_year and of_year[-1].period >= compared:
            found[cut] = of_year[-1]
    return found


def before(home: Home, period: str, as_of: datetime) -> Earlier | None:
    """The last final release of the period before."""
    earlier = [p for p in calendar() if p < period]
    finals = [f for f in _finals(home, as_of) if earlier and f.period == earlier[-1]]
    return finals[-1] if finals else None


def releases_read(home: Home, period: str, as_of: datetime) -> list[str]:
    """The ids of all earlier releases that a build of `period` reads, in order."""
    found = {e.id for e in frozen(home, period, as_of).values()}
    previous = before(home, period, as_of)
    return sorted(found | ({previous.id} if previous else set()))


def land_earlier(home: Home, period: str, as_of: datetime) -> None:
    """Write to raw what the release of the same month last year and of the month before say.

    Of January nothing is compared with the month before: its figures are another year's.
    """
    figures = [
        row | {"cut_period": cut}
        for cut, release in frozen(home, period, as_of).items()
        for row in _rows(release, FIGURES, [last_year(cut)])
    ]
    write_table(home.raw, "frozen_figures", figures)
    for name, rows in _of_month_before(before(home, period, as_of), period).items():
        write_table(home.raw, name, rows)


def _of_month_before(previous: Earlier | None, period: str) -> dict[str, list[dict[str, Any]]]:
    tables = ("earlier_findings", "earlier_finding_counts", "previous_figures")
    told: dict[str, list[dict[str, Any]]] = {name: [] for name in tables}
    if previous is None:
        return told
    told["earlier_findings"] = _rows(previous, FINDINGS, [])
    if COUNTED in _tables(previous):  # a release is never changed: an old one lacks it
        told["earlier_finding_counts"] = _rows(previous, COUNTS, [])
    if previous.period[:4] == period[:4]:
        known = {"known_until": datetime.fromisoformat(previous.as_of)}
        told["previous_figures"] = [r | known for r in _rows(previous, PREVIOUS, [previous.period])]
    return told


def _rows(release: Earlier, sql: str, values: list[str]) -> list[dict[str, Any]]:
    with duckdb.connect(str(release.database), read_only=True) as con:
        found: list[dict[str, Any]] = (
            con.execute(f"{sql} order by all", values).to_arrow_table().to_pylist()
        )
    return found


def _tables(release: Earlier) -> set[str]:
    with duckdb.connect(str(release.database), read_only=True) as con:
        names = con.execute("select table_name from duckdb_tables()").fetchall()
    return {name for (name,) in names}


def _finals(home: Home, as_of: datetime) -> list[Earlier]:
    """Whole final releases known at that moment, by period, moment and id."""
    known = f"{as_of:%Y-%m-%d %H:%M:%S}"
    found = [e for e in _releases(home) if e.as_of <= known]
    return sorted(found, key=lambda e: (e.period, e.as_of, e.id))


def _releases(home: Home) -> Iterator[Earlier]:
    for path in home.releases.glob("*/manifest.json"):
        manifest = json.loads(path.read_text(encoding="utf-8"))
        if not manifest["is_provisional"] and not path.parent.is_symlink():
            yield Earlier(
                id=manifest["release"],
                database=path.parent / "jijian.duckdb",
                period=manifest["period"],
                as_of=manifest["as_of"],
            )
