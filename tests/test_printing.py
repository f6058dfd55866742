"""The same figure is printed alike on the site and in the bulletin."""

from pathlib import Path

import duckdb

from orchestration.settings import REPORTS
from orchestration.site.sources import standalone
from reports.bulletin.figures import figures_of


def test_the_site_and_the_bulletin_print_every_figure_alike(released_home: Path) -> None:
    database = released_home / "releases" / "current" / "jijian.duckdb"
    figures = figures_of(database, "2023-03")
    assert figures is not None
    query = standalone(REPORTS / "queries", "printed")
    with duckdb.connect(str(database), read_only=True) as con:
        rows = con.execute(
            "select indicator, unit_code, slice, text, marked"
            f" from ({query}) where period = '2023-03' and indicator not like '%_list'"
        ).fetchall()
    on_site = {(indicator, unit, part): shown for indicator, unit, part, *shown in rows}
    in_bulletin = {key: [figures.rows[key].text, figures.rows[key].cell] for key in on_site}
    assert len(on_site) > 1000
    assert on_site == in_bulletin
