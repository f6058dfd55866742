"""Lays the summary of the bulletin beside the marts of a site, period by period.

The claims are those of the bulletin, word for word.
"""

from pathlib import Path

import duckdb

TABLE = (
    "create table about.claims"
    " (period text, place integer, claim text, sentence text, figure_ids text)"
)
PERIODS = "select distinct period from marts.rpt_indicators order by period"


def lay_claims(con: duckdb.DuckDBPyConnection, database: Path) -> None:
    """Fill `about.claims` with the claims of 总体情况 of every period that a release holds.

    They are those of the bulletin, made from the whole release; none names a unit.

    Args:
        con: to the site's own copy, where `about` is laid already.
        database: the release's `jijian.duckdb`.

    Raises:
        UnsupportedError: the figures of a period do not support one of its sentences.
    """
    from reports.bulletin.figures import SUMMARY_LISTS, figures_of
    from reports.bulletin.sections import summary
    from reports.bulletin.wording import span

    with duckdb.connect(str(database), read_only=True) as release:
        periods = [period for (period,) in release.execute(PERIODS).fetchall()]
    rows = []
    for period in periods:
        figures = figures_of(database, period, SUMMARY_LISTS)
        if figures is None:
            continue
        rows += [
            (period, place, said.claim, said.text, " ".join(x.id for x in said.figures))
            for place, said in enumerate(summary(figures, span(period)), 1)
        ]
    con.executemany("insert into about.claims values (?, ?, ?, ?, ?)", rows)
