"""The figures of a release beside the truth, counted from the sample district's own events."""

import ast
import csv
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from expectations import registry
from expectations.registry import DISTRICT
from orchestration import sample
from orchestration.sample import rates
from orchestration.sample.books import District, happens
from orchestration.sample.truth import Figure, figures
from orchestration.sample.truth.cut import month_later

FIRST, LAST = "2022-01", "2023-07"
FOLDER = Path(sample.__file__).parent
OURS = frozenset({"expectations.registry", "expectations.contract"})
OUTSIDE = ("duckdb", "dbt", "great_expectations", "pandas", "polars", "sqlalchemy", "dagster")
TOLD = "indicator, unit_code, slice, value, text_value, numerator, denominator, value_last_year"

Key = tuple[str, str, str]


@pytest.fixture(scope="module")
def known() -> District:
    """The events of the whole sample district."""
    return happens(FIRST, LAST, 7)


@pytest.fixture(scope="module")
def truth(known: District) -> list[Figure]:
    """The true figures of its last period."""
    return [one for one, _ in figures(known, registry.calendar()[LAST])]


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _number(text: str) -> float | None:
    return float(text) if text else None


def _of_sample(home: Path, period: str) -> dict[Key, tuple[Any, ...]]:
    path = home / "sample" / "truth" / f"figures_{period}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (r["indicator"], r["unit_code"], r["slice"]): (
                _number(r["value"]),
                r["text_value"],
                *(_number(r[k]) for k in ("numerator", "denominator", "value_last_year")),
                r["status"],
            )
            for r in csv.DictReader(file)
        }


def _of_release(home: Path, period: str) -> dict[Key, tuple[Any, ...]]:
    with duckdb.connect(home / "releases" / "current" / "jijian.duckdb", read_only=True) as db:
        rows = db.execute(
            f"select {TOLD}, status from marts.rpt_indicators where period = ?", [period]
        ).fetchall()
    return {row[:3]: (row[3], row[4] or "", *row[5:]) for row in rows}


def test_a_release_holds_the_truth_of_every_figure(released_home: Path) -> None:
    told, released = (of(released_home, "2023-03") for of in (_of_sample, _of_release))
    assert told.keys() == released.keys()
    differing = {
        key: (told[key], released[key])
        for key in told
        if list(told[key]) != [pytest.approx(v) if v else v for v in released[key]]
    }
    assert not differing


def test_a_lead_more_changes_the_truth(known: District) -> None:
    period = registry.calendar()[LAST]
    some = next(d for d in known.leads[::-1] if d.received_on <= period.ends_on)
    more = replace(known, leads=[*known.leads, replace(some, lead_no="XS2023999999")])
    before, after = (
        {(f.indicator, f.unit_code, f.slice): f.value for f, _ in figures(one, period)}
        for one in (known, more)
    )
    changed = {key[0] for key in before if before[key] != after[key]}
    assert {"lead_accepted_cnt", "new_lead_cnt", "lead_hold_days"} <= changed
    assert "case_filed_cnt" not in changed


def test_every_indicator_of_the_catalogue_has_its_truth(truth: list[Figure]) -> None:
    counted = {f.indicator for f in truth}
    assert counted == {r["indicator"] for r in registry.rows("indicators")}
    keys = [(f.indicator, f.unit_code, f.slice) for f in truth]
    assert len(keys) == len(set(keys))


def test_no_stated_figure_or_complaint_of_the_district_is_blank(truth: list[Figure]) -> None:
    spoken = {r["indicator"] for r in registry.rows("indicators") if r["tier"] in "RC"}
    blank = [
        f
        for f in truth
        if f.indicator in spoken and f.unit_code == DISTRICT and f.status != "value"
    ]
    assert not blank
    units = {u.unit_code for u in registry.units()} | {DISTRICT}
    of_groups = [f for f in truth if f.indicator in spoken and f.unit_code not in units]
    # a unit without any case leaves nothing to divide by
    assert {f.slice for f in of_groups if f.status != "value"} <= {"ratio"}


def test_no_part_is_larger_than_its_whole(known: District) -> None:
    parts = ("integrity_opinion_neg_rate", "netizen_satisfaction_rate", "self_report_submit_rate")
    for period in (p for p in registry.calendar().values() if FIRST <= p.period <= LAST):
        for one, _ in figures(known, period):
            assert one.indicator not in parts or one.value is None or one.value <= 1


def test_what_is_planted_happens_at_its_rate(known: District) -> None:
    leads = [d for d in known.leads if not d.is_duplicate]
    without = [d for d in leads if not d.steps]
    late = [d for d in leads if d.steps and d.steps[0].proposed_on > month_later(d.received_on)]
    steps = [s for d in leads for s in d.steps if not d.is_staff]
    filings = [(s, s.filing) for s in steps if s.filing]
    observed = {
        rates.OPINION_MISSING: len(without) / len(leads),
        rates.OPINION_LATE: len(late) / len(leads),
        rates.FILED_NEVER: 1 - len(filings) / len(steps),
        rates.FILED_OTHERWISE: sum(f.method != s.method for s, f in filings) / len(filings),
    }
    for planted, share in observed.items():
        assert planted / 2 < share < 2 * planted


def test_the_truth_is_counted_without_reader_rules_or_sql() -> None:
    modules = list((FOLDER / "truth").rglob("*.py"))
    assert len(modules) > 10
    for path in modules:
        for name in _imported(path):
            package = name.split(".")[0]
            is_own = name == "expectations" or name.startswith(("orchestration.sample", *OURS))
            assert is_own or package in sys.stdlib_module_names, f"{path.name} imports {name}"


def test_loading_the_sample_loads_no_reader_rules_or_sql() -> None:
    program = "import sys, orchestration.sample; print(*sorted(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.split()
    ours = {name for name in loaded if name.split(".")[0] in ("expectations", "orchestration")}
    assert "orchestration.sample.truth" in ours
    foreign = {n for n in ours if not n.startswith("orchestration.sample")}
    assert foreign <= {*OURS, "expectations", "orchestration", "orchestration.settings"}
    assert not [name for name in loaded if name.split(".")[0] in OUTSIDE]
