"""The tables in the text of the bulletin, made of figures; what they are numbered by is a name."""

from collections.abc import Iterable, Sequence

from reports.bulletin.content import Cell, Table
from reports.bulletin.figures import NOT_APPLICABLE, SHARE, SMALL, Figure, Figures
from reports.bulletin.wording import comparison, last_year

CENT = 0.005  # of 万元: sums of money are printed to two decimals
WIDTH = 156.0  # of the text, in millimetres
COMPARED = ("本期", "去年同期", "比较")


def caption(name: str, title: str) -> str:
    """A caption whose number is given when all tables are known."""
    return f"〔表:{name}〕　{title}"


def compared(
    name: str, title: str, rows: Sequence[tuple[str, Figure]], counter: str, head: str
) -> Table:
    """A line for each figure with last year's beside it, where there is one."""
    has_before = any(x.value_last_year is not None for _, x in rows)
    cells: list[tuple[Cell, ...]] = [
        (x, last_year(x, ""), _change(x, counter))[: 3 if has_before else 1] for _, x in rows
    ]
    return Table(
        caption=caption(name, title),
        header=(head, *(COMPARED if has_before else COMPARED[:1])),
        rows=tuple((label, *row) for (label, _), row in zip(rows, cells, strict=True)),
        widths=(46, 24, 24, 62) if has_before else (78, 78),
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
        is_whole = _adds_up([x for _, x in parts], whole)
        rows.append((head, whole, SMALL, last_year(whole, ""), _change(whole, counter)))
        for label, x in parts:
            share = f.of(x.indicator, part=f"{x.slice}{SHARE}")
            beside = (last_year(x, ""), _change(x, counter)) if is_whole else (SMALL, SMALL)
            rows.append((f"　{label}", x, share, *beside))
    has_before = any(whole.value_last_year is not None for _, whole, _, _ in groups)
    return Table(
        caption=caption(name, title),
        header=("项目", COMPARED[0], "占比", *(COMPARED[1:] if has_before else ())),
        rows=tuple(row if has_before else row[:3] for row in rows),
        widths=(42, 20, 18, 20, 56) if has_before else (68, 44, 44),
        is_outline=True,
    )


def _adds_up(parts: Sequence[Figure], whole: Figure) -> bool:
    before = [x.value_last_year for x in parts if x.value_last_year is not None]
    if len(before) < len(parts) or whole.value_last_year is None:
        return False
    return abs(sum(before) - whole.value_last_year) < CENT


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
