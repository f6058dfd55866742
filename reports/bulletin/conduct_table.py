"""The table of problems against the eight rules by type and level, each cell with its figure.

A cell is a part of its figure: `subject:type:level`, `all` for the totals.
"""

from collections.abc import Iterator
from typing import Any

from reports.bulletin.figures import DISTRICT, SHARE, Figure, Figures

# Heading, column of `queries/conduct_levels.sql`, and the level as ids write it.
LEVELS = (
    ("合计", "all_text", "all"),
    ("省部级", "provincial_text", "10"),
    ("地厅级", "prefectural_text", "20"),
    ("县处级", "county_text", "3"),
    ("乡科级及以下", "township_text", "4"),
)
PROBLEMS, SHARES = 1, 4  # places of lines in the query: shares are those of levels


def cells(f: Figures, row: dict[str, Any]) -> Iterator[tuple[str, Figure | None]]:
    """What a line prints by level, then the share of its type, with the figure of each.

    Only problems have shares of types: of the others the last is a mark without a figure.

    Raises:
        UnsupportedError: the release does not hold the figure of a cell.
    """
    end = SHARE if row["place"] == SHARES else ""
    for _, column, level in LEVELS:
        yield row[column], _cell(f, row, level, end)
    share = _cell(f, row, "all", SHARE) if row["place"] == PROBLEMS else None
    yield row["share_text"], share


def _cell(f: Figures, row: dict[str, Any], level: str, end: str) -> Figure:
    kind = row["type_code"] or "all"
    if (kind, level, end) == ("all", "all", ""):
        return f.of(row["indicator"], DISTRICT)  # the whole has an id of its own
    return f.of(row["indicator"], DISTRICT, f"{row['subject']}:{kind}:{level}{end}")
