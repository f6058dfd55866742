"""The bulletin of the sample's release, and of the release with figures changed."""

import shutil
from pathlib import Path
from typing import Any

import duckdb
from claims_at_hand import source

from reports.bulletin.content import Bulletin, Picture, Table
from reports.bulletin.figures import figures_of
from reports.bulletin.sections import bulletin
from reports.bulletin.wording import Paragraph, span

PERIOD = "2023-03"


def edited(source: Path, place: Path, *statements: str) -> Path:
    """A copy of a release's database after these statements."""
    shutil.copyfile(source, place)
    with duckdb.connect(str(place)) as con:
        for statement in statements:
            con.execute(statement)
    return place


def made(database: Path, **changed: Any) -> Bulletin:
    """The monthly bulletin of a release; raises UnsupportedError."""
    figures = figures_of(database, PERIOD)
    assert figures is not None
    return bulletin(figures, span(PERIOD), source(**changed))


def paragraphs(content: Bulletin) -> list[Paragraph]:
    return [b for s in content.sections for b in s.blocks if isinstance(b, Paragraph)]


def tables(content: Bulletin) -> list[Table]:
    return [b for s in content.sections for b in s.blocks if isinstance(b, Table)]


def annex(content: Bulletin, title: str) -> Table:
    (table,) = (b for s in content.sections if s.title == title for b in s.blocks)
    assert isinstance(table, Table)
    return table


def pictures(content: Bulletin) -> list[Picture]:
    return [b for s in content.sections for b in s.blocks if isinstance(b, Picture)]


def text_of(content: Bulletin) -> str:
    return "\n".join(p.text for p in paragraphs(content))


def with_last_year(home: Path, folder: Path) -> Path:
    """The release of the pipeline, with a last year that the two months of the sample lack."""
    ratio = "indicator in (select indicator from marts.dim_indicator where unit_of_measure = '%')"
    return edited(
        (home / "releases" / "current" / "jijian.duckdb").resolve(),
        folder / "jijian.duckdb",
        "update marts.rpt_indicators set value_last_year = 0.75 * value + 1"
        " where status = 'value' and indicator in"
        " (select indicator from marts.dim_indicator as i where i.window = 'YTD')",
        f"update marts.rpt_indicators set change = value - value_last_year,"
        f" change_rate = case when not {ratio} then (value - value_last_year) / value_last_year end"
        f" where value_last_year is not null",
    )
