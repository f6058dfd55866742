"""The tables in the text of the bulletin, made of figures; what they are numbered by is a name."""

from collections.abc import Iterable, Sequence

from reports.bulletin.content import Cell, Table
from reports.bulletin.figures import NOT_APPLICABLE, SMALL, Figure, Figures
from reports.bulletin.wording import comparison, last_year

WIDTH = 156.0  # of the text, in millimetres
COMPARED = ("本期", "去年同期", "比较")


def caption(name: str, title: str) -> str:
    """A caption whose number is given when all tables are known."""
    return f"〔表:{name}〕　{title}"


def compared(
    name: str, title: str, rows: Iterable[tuple[str, Figure]], counter: str, head: str
) -> Table:
    """A line for each figure with last year's beside it."""
    return Table(
        caption=caption(name, title),
        header=(head, *COMPARED),
        rows=tuple((label, x, last_year(x, ""), _change(x, counter)) for label, x in rows),
        widths=(46, 24, 24, 62),
    )


def composed(
    f: Figures, name: str, title: str, groups: Sequence[tuple[str, Figure, str, str]]
) -> Table:
    """The parts of wholes with share and last year's; a group is (head, whole, subject, counter).

    Last year's figures of parts are left out where they do not add up to last year's whole, as
    that one is frozen as it was published.
    """
    rows: list[tuple[Cell, ...]] = []
    for head, whole, subject, counter in groups:
        parts = f.composed(subject)
        before = [x.value_last_year for _, x in parts]
        is_whole = None not in before and whole.value_last_year is not None
        is_whole = (
            is_whole and abs(sum(b or 0 for b in before) - (whole.value_last_year or 0)) < 0.01
        )
        rows.append((head, whole, SMALL, last_year(whole, ""), _change(whole, counter)))
        for label, x in parts:
            share = f.of(x.indicator, part=f"{x.slice}:share")
            beside = (last_year(x, ""), _change(x, counter)) if is_whole else (SMALL, SMALL)
            rows.append((f"　{label}", x, share, *beside))
    return Table(
        caption=caption(name, title),
        header=("项目", COMPARED[0], "占比", *COMPARED[1:]),
        rows=tuple(rows),
        widths=(42, 20, 18, 20, 56),
        is_outline=True,
    )


def grid(
    name: str,
    title: str,
    head: str,
    columns: Sequence[tuple[str, str]],
    rows: Iterable[tuple[str, list[Figure | None]]],
) -> Table:
    """A line for each thing, a column for each figure of it."""
    first = 42.0
    width = (WIDTH - first) / len(columns)
    return Table(
        caption=caption(name, title),
        header=(head, *(label for label, _ in columns)),
        rows=tuple(
            (label, *(NOT_APPLICABLE if x is None else x for x in found)) for label, found in rows
        ),
        widths=(first, *([width] * len(columns))),
    )


def _change(figure: Figure, counter: str) -> str:
    return comparison(figure, counter).removeprefix("比去年同期") or SMALL
