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


class ClaimsError(Exception):
    """The claims could not be said of a release; the message says why, in Chinese."""


def lay_claims(con: duckdb.DuckDBPyConnection, database: Path) -> None:
    """Fill `about.claims` with the claims of 总体情况 of every period that a release holds.

    They are those of the bulletin, made from the whole release; none names a unit.

    Args:
        con: to the site's own copy, where `about` is laid already.
        database: the release's `jijian.duckdb`.

    Raises:
        ClaimsError: the figures of a period do not support one of its sentences, or an older
            program made the release.
    """
    try:
        con.executemany("insert into about.claims values (?, ?, ?, ?, ?)", _claims(database))
    except (duckdb.BinderException, duckdb.CatalogException):
        raise ClaimsError(
            "发布由旧版程序生成，缺少总体情况所需的表或列，请重新 jijian run"
        ) from None


def _claims(database: Path) -> list[tuple[str, int, str, str, str]]:
    from reports.bulletin.figures import SUMMARY_LISTS, UnsupportedError, figures_of
    from reports.bulletin.sections import summary
    from reports.bulletin.wording import span

    with duckdb.connect(str(database), read_only=True) as release:
        periods = [period for (period,) in release.execute(PERIODS).fetchall()]
    rows = []
    for period in periods:
        figures = figures_of(database, period, SUMMARY_LISTS)
        if figures is None:
            continue
        try:
            said = summary(figures, span(period))
        except UnsupportedError as error:
            raise ClaimsError(f"总体情况（{period}）写不成：{error}") from None
        rows += [
            (period, place, claim.claim, claim.text, " ".join(x.id for x in claim.figures))
            for place, claim in enumerate(said, 1)
        ]
    return rows
