"""From what the suite found to findings: one per fault, at its cell (returns §1.5)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from hashlib import sha256
from itertools import groupby
from typing import Any

import pyarrow as pa

from expectations import wording
from expectations.contract import Contract
from expectations.finding import Finding
from expectations.judge import Sheet

WIDE = ("G10", "G11")  # rules of which one finding speaks of many rows


@dataclass(frozen=True, slots=True)
class Hit:
    """One failed expectation on one row of the stack; `columns` are those it names."""

    row: int
    rule: str
    severity: str
    columns: tuple[str, ...]
    kind: str = ""  # the expectation's type, which tells two of one rule and column apart


@dataclass(slots=True)
class _Fault:
    """The hits that make one finding, and where it stands."""

    hit: Hit
    shown: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    count: int = 0

    def add(self, hit: Hit) -> None:
        generic = hit.rule in wording.GENERIC and hit.rule != "G05"
        self.shown += [c for c in hit.columns[: 1 if generic else None] if c not in self.shown]
        self.named += [c for c in hit.columns if c not in self.named]
        self.count += 1


def findings(
    contract: Contract, sheets: Sequence[Sheet], stacked: pa.Table, hits: Sequence[Hit]
) -> Iterator[tuple[int, Finding]]:
    """Each finding with the index of its sheet, in the order of rows."""
    by_index = {s.index: s for s in sheets}
    hits = [*_later(contract, stacked, hits), *(h for h in hits if h.rule != "G05")]
    hits.sort(key=_row)
    row_at = _rows(contract, stacked, hits)
    wide: dict[tuple[Any, ...], _Fault] = {}
    for hit in hits:
        if hit.rule in WIDE:
            fault = wide.setdefault(_place(contract, hit, row_at(hit.row)), _Fault(hit))
            if hit.rule != "G11" or fault.count == 0:
                fault.add(hit)
    words = cache(partial(_worded, contract))
    for number, of_row in groupby(hits, key=_row):  # other faults are held row by row: many rows
        row = row_at(number)
        faults: dict[tuple[Any, ...], _Fault] = {}
        for hit in of_row:
            place = _place(contract, hit, row)
            if hit.rule not in WIDE:
                faults.setdefault(place, _Fault(hit)).add(hit)
            elif wide[place].hit is hit:
                faults[place] = wide[place]
        for fault in faults.values():
            told = words(fault.hit.rule, tuple(fault.shown), fault.count)
            yield row["index"], _finding(contract, by_index[row["index"]], row, fault, told)


def _row(hit: Hit) -> int:
    return hit.row


def _rows(
    contract: Contract, stacked: pa.Table, hits: Sequence[Hit]
) -> Callable[[int], dict[str, Any]]:
    """What findings tell of the rows that were hit, by the number of the row."""
    named = {name for columns in {h.columns for h in hits} for name in columns}
    names = list(dict.fromkeys(["index", "row_no", *contract.key, *sorted(named)]))
    places = {number: at for at, number in enumerate(sorted({h.row for h in hits}))}
    taken = stacked.select(names).take(pa.array(places, pa.int64()))
    columns = {name: taken[name].to_pylist() for name in names}
    return lambda number: {name: values[places[number]] for name, values in columns.items()}


def _later(contract: Contract, stacked: pa.Table, hits: Sequence[Hit]) -> list[Hit]:
    """G05 on the second and later rows of a key only."""
    duplicates = sorted((h for h in hits if h.rule == "G05"), key=lambda h: h.row)
    rows = stacked.select(["index", *contract.key]).take(
        pa.array([h.row for h in duplicates], pa.int64())
    )
    seen: set[tuple[Any, ...]] = set()
    later = []
    for hit, row in zip(duplicates, rows.to_pylist(), strict=True):
        key = tuple(row.values())
        if key in seen:
            later.append(hit)
        seen.add(key)
    return later


def _place(contract: Contract, hit: Hit, row: dict[str, Any]) -> tuple[Any, ...]:
    """What hits of one finding share: the row, or the sheet and column (`WIDE`)."""
    if hit.rule == "G10":
        return hit.rule, row["index"], hit.columns[0]
    if hit.rule == "G11":
        return hit.rule, row["index"], hit.columns[0], row[contract.key[0]]
    return hit.rule, hit.row


def _worded(
    contract: Contract, rule: str, shown: tuple[str, ...], count: int
) -> tuple[str, str, str]:
    """What is wrong, what was expected and how to mend it."""
    return (
        wording.message(contract, rule, shown, count),
        wording.expected(contract, rule, shown),
        wording.fix(contract, rule, shown),
    )


def _finding(
    contract: Contract,
    sheet: Sheet,
    row: dict[str, Any],
    fault: _Fault,
    told: tuple[str, str, str],
) -> Finding:
    rule, shown = fault.hit.rule, fault.shown
    refused = any(r.refuses_file for r in contract.rules if r.id == rule)
    addresses = {c: f"{sheet.columns[c]}{row['row_no']}" for c in shown if c in sheet.columns}
    return Finding(
        rule=rule,
        severity=fault.hit.severity,
        message=told[0],
        expected=told[1],
        fix=told[2],
        form=contract.form,
        sheet=sheet.sheet,
        row=row["row_no"],
        column=shown[0],
        cell=addresses.get(shown[0]),
        cells=tuple(addresses.values()),
        key=key_of(contract, row),
        refuses_file=refused,
        unkept=refused,
        signature=_signature(contract, row, fault),
    )


def key_of(contract: Contract, row: dict[str, Any]) -> str | None:
    """The primary key without S3 columns, or None if a part could not be read."""
    parts = [row[c] for c in contract.key if contract.column(c).privacy != "S3"]
    return None if None in parts else "/".join(str(p) for p in parts)


def _signature(contract: Contract, row: dict[str, Any], fault: _Fault) -> str:
    key = "/".join(str(row[c]) for c in contract.key)
    values = "|".join(str(row[c]) for c in fault.named)
    return sha256(f"{fault.hit.rule}|{key}|{values}".encode()).hexdigest()
