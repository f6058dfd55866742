"""What a corrected period says otherwise than its last final release: figure, old, new, reason."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from reports.bulletin.content import Source, Table
from reports.bulletin.figures import DISTRICT, SMALL, Figure, Figures
from reports.bulletin.wording import last_year, month

Key = tuple[str, str, str]
GROUPS = ("office", "dispatched", "town")
FEW = 3  # corrections named for one figure; more are counted
NO_REASON = "未填写原因"
UNEXPLAINED = "所依据的报表没有更正，系计算程序或口径调整"


@dataclass(frozen=True, kw_only=True)
class Previous:
    """The last final release of the same period before this one.

    Attributes:
        release: its id.
        as_of: up to when returns were known to it.
        figures: by (indicator, unit, slice); None if it was made by a program too old to compare.
    """

    release: str
    as_of: datetime
    figures: Mapping[Key, Figure] | None


@dataclass(frozen=True, kw_only=True)
class Change:
    """One figure that is printed and was another before."""

    name: str
    unit: str
    old: str
    new: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Revision:
    """What has changed since the previous release; nothing, if that cannot be compared."""

    previous: Previous
    changes: tuple[Change, ...]


def revised(
    f: Figures, printed: Iterable[Figure], previous: Previous | None, source: Source
) -> Revision | None:
    """The revision of a period; None for one that had no final release before."""
    if previous is None:
        return None
    before = previous.figures or {}
    names = {u["unit_code"]: u["printed_name"] for u in f.lists["units_listed"]}
    changes = [
        change
        for figure in printed
        if (old := before.get((figure.indicator, figure.unit_code, figure.slice))) is not None
        for change in _changes(f, figure, old, previous, source, names)
    ]
    return Revision(previous=previous, changes=tuple(changes))


def _changes(
    f: Figures,
    new: Figure,
    old: Figure,
    previous: Previous,
    source: Source,
    names: Mapping[str, str],
) -> Iterator[Change]:
    unit = "全区" if new.unit_code == DISTRICT else names.get(new.unit_code, "同类单位")
    titles = {
        (r["indicator"], r["unit_code"], r["slice"]): r["part_name"] for r in f.lists["speech"]
    }
    part = titles.get((new.indicator, new.unit_code, new.slice), new.slice)
    name = new.title + (f"（{part}）" if part else "")
    pairs = (
        (name, old.text, new.text),
        (f"{name}去年同期", last_year(old, ""), last_year(new, "")),
    )
    for label, was, now in pairs:
        if was != now:
            reason = _reason(f, new, previous, source)
            yield Change(name=label, unit=unit, old=was, new=now, reason=reason)


def _reason(f: Figures, figure: Figure, previous: Previous, source: Source) -> str:
    """Which returns have come in since, that the figure is counted from, and why."""
    found = []
    for r in f.lists["restated"]:
        is_own = figure.unit_code in (DISTRICT, *GROUPS, r["unit_code"])
        is_since = previous.as_of < r["received_at"] <= source.as_of
        if not (is_own and is_since and r["form"] in figure.forms.split()):
            continue
        form = source.forms.get(r["form"], r["form"])
        what = f"{r['short_name']}{month(r['return_period'])}{form}"
        found.append(
            f"{what}更正：{r['reason'] or NO_REASON}" if r["version"] > 1 else f"{what}补报"
        )
    if not found:
        return UNEXPLAINED
    more = f"；等{len(found)}份" if len(found) > FEW else ""
    return "；".join(found[:FEW]) + more


def revision_table(revision: Revision) -> Table:
    """All changes, a line each."""
    return Table(
        caption="",
        header=("数字", "单位", "原数", "现数", "更正原因"),
        rows=tuple((c.name, c.unit, c.old, c.new, c.reason) for c in revision.changes),
        widths=(38, 34, 14, 14, 56),
        figure_from=2,
    )


def in_words(revision: Revision) -> dict[str, str]:
    """The words of the note: how many figures have changed, and the first of them."""
    first = [
        f"{c.unit}{c.name}由{c.old}更正为{c.new}（{c.reason}）"
        for c in revision.changes
        if c.old != SMALL
    ][:FEW]
    return {
        "count": str(len(revision.changes)),
        "release": revision.previous.release,
        "named": "；".join(first) or "见附件",
    }
