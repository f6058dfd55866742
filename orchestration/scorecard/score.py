"""The score card: what Jijian finds of the faults that were planted, and what it finds besides.

Recall is the part of the planted faults that was found, at the rule and cell of the truth;
precision is the part of the findings that the truth tells, planted or following from what was.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow.parquet as pq

from expectations.reconciliation import reconciliations
from orchestration.intake.landing.land_register import place_of
from orchestration.quality import JUDGED
from orchestration.sample.faults.between import is_planted
from orchestration.sample.faults.planted import Planted
from orchestration.sample.rates import FINDS
from orchestration.settings import Home

RECALL, PRECISION = 0.99, 0.98  # what is asked for, at least


@dataclass(frozen=True, kw_only=True)
class Found:
    """One finding, as far as the truth speaks of findings."""

    file: str
    rule: str
    severity: str
    sheet: str = ""
    cells: tuple[str, ...] = ("",)
    unit: str = ""
    key: str = ""


@dataclass(frozen=True, kw_only=True)
class Score:
    """How many faults were planted, found at their place, and found that nobody planted.

    `natural` are findings in sound returns that the sample's own rates bring; they count neither
    way. `missed` and `wrong` are what is to be looked at.
    """

    planted: Counter[str]
    caught: Counter[str]
    told: Counter[str]
    natural: Counter[str]
    missed: tuple[Planted, ...]
    wrong: tuple[Found, ...]

    @property
    def recall(self) -> float:
        """Planted faults found, of all planted."""
        return self.caught.total() / self.planted.total()

    @property
    def precision(self) -> float:
        """Findings that the truth tells, of all findings but the natural ones."""
        right = self.told.total()
        return right / (right + len(self.wrong))


def receipts(home: Home) -> list[Found]:
    """The findings of all receipts."""
    found = []
    for path in sorted(home.receipts.rglob("*.json")):
        receipt = json.loads(path.read_text(encoding="utf-8"))
        found += [_at_the_door(receipt["file"], f) for f in receipt["findings"]]
    return found


def _at_the_door(file: str, finding: Mapping[str, Any]) -> Found:
    return Found(
        file=file,
        rule=finding["rule"],
        severity=finding["severity"],
        sheet=finding["sheet"] or "",
        cells=tuple(finding["cells"]) or (finding["cell"] or "",),
        key=finding["key"] or "",
    )


def judged(home: Home) -> list[Found]:
    """The findings between returns, as last judged; none if nothing was built."""
    path = place_of(home.raw, JUDGED)
    if not path.is_file():
        return []
    return [
        Found(
            file="",
            rule=row["rule"],
            severity=row["severity"],
            unit=row["unit_code"] or "",
            key=row["key"] or "",
        )
        for row in pq.read_table(path).to_pylist()
    ]


def score(planted: Iterable[Planted], found: Sequence[Found]) -> Score:
    """Set the findings beside the truth; each answers for one fault."""
    planted = list(planted)
    own = {p.file for p in planted if p.rule not in reconciliations() and p.rule != "P23"}
    by_place: dict[tuple[str, ...], list[Found]] = {}
    for one in found:
        for place in _places(one):
            by_place.setdefault(place, []).append(one)
    taken: set[int] = set()
    caught, told, missed = Counter[str](), Counter[str](), []
    for fault in planted:
        there = by_place.get(_place(fault), [])
        mine = next((f for f in there if id(f) not in taken), None)
        if mine is None:
            missed.append(fault)
            continue
        taken.add(id(mine))
        told[fault.rule] += 1
        caught[fault.rule] += not fault.follows
    left = [f for f in found if id(f) not in taken]
    natural = [f for f in left if f.rule in FINDS and f.file not in own and not is_planted(f.key)]
    wrong = [f for f in left if f not in natural]
    return Score(
        planted=Counter(p.rule for p in planted if not p.follows),
        caught=caught,
        told=told,
        natural=Counter(f.rule for f in natural),
        missed=tuple(p for p in missed if not p.follows),
        wrong=tuple(wrong),
    )


def _place(fault: Planted) -> tuple[str, ...]:
    if fault.rule in reconciliations():
        return fault.rule, fault.severity, fault.unit, fault.key
    return fault.rule, fault.severity, fault.file, fault.sheet, fault.cell


def _places(found: Found) -> list[tuple[str, ...]]:
    """The places that a finding names: a cell of each column of its rule."""
    if found.rule in reconciliations():
        return [(found.rule, found.severity, found.unit, found.key)]
    return [(found.rule, found.severity, found.file, found.sheet, c) for c in found.cells]
