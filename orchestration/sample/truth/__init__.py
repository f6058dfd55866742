"""The true value of every figure of the sample district, counted from its own events.

Counted in plain Python by the rules of returns §6, from what happened and not from any workbook:
so that the pipeline from workbook to figure can be held against it.
"""

import csv
from pathlib import Path

from expectations import registry
from expectations.registry import Period
from orchestration.sample.books import District
from orchestration.sample.truth import (
    campaigns,
    cases,
    disposals,
    leads,
    measures,
    petitions,
    plans,
    provincial,
    tally,
    targets,
)
from orchestration.sample.truth.cut import Cut, Figure

__all__ = ["Figure", "figures", "write_figures"]

THEMES = (
    leads.accepted_and_closed,
    leads.became_cases,
    leads.overdue,
    leads.durations,
    leads.opinions,
    leads.others,
    disposals.disposed,
    disposals.verified,
    disposals.filed,
    disposals.conflicts,
    cases.filed,
    cases.compared,
    measures.punished,
    measures.four_forms,
    measures.transferred,
    measures.recovered,
    measures.conduct,
    campaigns.items,
    campaigns.of_campaigns,
    campaigns.outputs,
    provincial.provincial,
    petitions.received,
    plans.tasks,
    plans.reforms,
    plans.issues,
    tally.tally,
    tally.publicity_rank,
    targets.calendar,
)
COLUMNS = ["indicator", "period", "unit_code", "slice", "value", "text_value", "numerator"]
COLUMNS += ["denominator", "value_last_year", "status"]


def _counted(cut: Cut) -> list[Figure]:
    found = [f for theme in THEMES for f in theme(cut)]
    return found + list(targets.reached(cut, found))


def _last_year(known: District, period: Period) -> list[Figure]:
    """The figures of the same day last year, under the units of this year."""
    before = f"{int(period.period[:4]) - 1}{period.period[4:]}"
    if before < known.first or before not in registry.calendar():
        return []
    return _counted(Cut(known=known, period=registry.calendar()[before], valid_on=period.ends_on))


def figures(known: District, period: Period) -> list[tuple[Figure, float | None]]:
    """Every figure of a month with its value of the same day last year, where it is compared."""
    this = _counted(Cut(known=known, period=period, valid_on=period.ends_on))
    last = _last_year(known, period)
    windows = {r["indicator"]: r["window"] for r in registry.rows("indicators")}
    before = {
        (f.indicator, f.unit_code, f.slice): f.value
        for f in last
        if windows[f.indicator].startswith("YTD") or windows[f.indicator] == "YoY"
    }
    compared = list(petitions.compared(this, last))
    return [(f, before.get((f.indicator, f.unit_code, f.slice))) for f in this + compared]


def write_figures(folder: Path, known: District, period: Period) -> Path:
    """Write the figures of a month to `figures_<period>.csv`, ordered as the catalogue is."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"figures_{period.period}.csv"
    order = {r["indicator"]: r["no"] for r in registry.rows("indicators")}
    found = figures(known, period)
    found.sort(key=lambda f: (order[f[0].indicator], f[0].unit_code, f[0].slice))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for one, before in found:
            row = [one.indicator, period.period, one.unit_code, one.slice, _spelt(one.value)]
            row += [one.text or "", *map(_spelt, (one.numerator, one.denominator, before))]
            writer.writerow([*row, one.status])
    return path


def _spelt(number: float | None) -> str:
    return "" if number is None else f"{number:.12g}"
