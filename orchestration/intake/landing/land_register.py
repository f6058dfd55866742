"""The register as the models read it: one Parquet file per table under `raw/_register/`.

Every declared table is always written, empty if need be, so that the models always find it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import sqlalchemy as sa

from expectations.answers import reasons
from expectations.contract import contracts
from expectations.finding import WARNING
from expectations.registry import calendar
from orchestration.intake import register
from orchestration.intake.answering import Reply, standing_replies
from orchestration.intake.files import write_durably
from orchestration.intake.status import Completeness, completeness, states
from orchestration.settings import Home

Rows = Sequence[Mapping[str, Any]]


def _schema(*names: str, **others: pa.DataType) -> pa.Schema:
    return pa.schema([*((n, pa.string()) for n in names), *others.items()])


TABLES: dict[str, tuple[str, pa.Schema]] = {
    "returns": (
        "One row per return.",
        pa.schema(
            [
                *((n, pa.string()) for n in ("return_id", "form", "unit_code", "period")),
                ("version", pa.int64()),
                ("received_at", pa.timestamp("us")),
                ("outcome", pa.string()),
                ("is_nil", pa.bool_()),
                ("is_late", pa.bool_()),
                ("row_count", pa.int64()),
                ("file_sha256", pa.string()),
                ("reason", pa.string()),
            ]
        ),
    ),
    "changes": (
        "One row per accepted resubmission: rows new, gone and changed, and the cells changed.",
        _schema("return_id", **dict.fromkeys(("added", "gone", "changed", "cells"), pa.int32())),
    ),
    "completeness": (
        "One row per period and form (of all forms: ''): who has reported, and last year's volume.",
        _schema(
            *("period", "form"),
            **dict.fromkeys(
                (
                    *("owed_unit_count", "reported_unit_count"),
                    *("volume_last_year", "volume_reported"),
                ),
                pa.int32(),
            ),
        ),
    ),
    "owed": (
        "One row per form and unit type that owes it.",
        _schema("form", "kind", "unit_type_code"),
    ),
    "warnings": (
        "One row per warning of an accepted return, with the words of its answer; never a value of"
        " a cell.",
        _schema(
            *("return_id", "rule", "form", "unit_code", "key", "message"),
            *("answer", "answer_id"),
        ),
    ),
    "waivers": (
        "One row per finding, or answer to a warning, accepted by name.",
        _schema("finding", "key", "reason", "by", "until", "answer"),
    ),
    "judged": (
        "One row per failing row of a reconciliation, as Great Expectations judged it.",
        _schema(
            *("rule", "severity", "period", "form", "unit_code", "key", "message"),
            is_waived=pa.bool_(),
            waived_by=pa.string(),
            waived_until=pa.string(),
        ),
    ),
    "prices": (
        "One row per figure that a judged finding moves; of one that moves none, a row without.",
        _schema(
            *("rule", "form", "unit_code", "key", "way"),
            **dict.fromkeys(("figure_unit_code", "indicator", "slice"), pa.string()),
            **dict.fromkeys(("value", "value_mended", "size", "effect_size"), pa.float64()),
        ),
    ),
    "moved": (
        "One row per figure that a resubmission moved, as it was without it and as it is.",
        _schema(
            *("period", "unit_code", "figure_unit_code", "indicator", "slice"),
            received_at=pa.timestamp("us"),
            **dict.fromkeys(("value_before", "value"), pa.float64()),
        ),
    ),
    "earlier_findings": (
        "One row per finding that stood in the final release of the period before.",
        _schema("rule", "form", "unit_code", "key", "first_period"),
    ),
    "earlier_finding_counts": (
        "One row per rule, unit and month, as the final release of the period before has them.",
        _schema(
            *("period", "rule", "unit_code"),
            **dict.fromkeys(("hit_cnt", "open_cnt", "resolved_cnt"), pa.int32()),
        ),
    ),
    "previous_figures": (
        "One row per figure of the district in the final release of the month before.",
        _schema("indicator", value=pa.float64(), known_until=pa.timestamp("us")),
    ),
    "frozen_figures": (
        "One row per figure of last year's last final release, beside the period it is for.",
        _schema(
            *("cut_period", "indicator", "unit_code", "slice"),
            **dict.fromkeys(("value", "numerator", "denominator"), pa.float64()),
        ),
    ),
    "figure_rows": (
        "One row per figure, form and unit whose rows it was made of, as traced.",
        _schema(
            *("indicator", "unit_code", "slice", "form", "source_unit_code"),
            row_count=pa.int32(),
        ),
    ),
}


def write_register(raw: Path, rows: Mapping[str, Rows]) -> None:
    """Write every table of `raw/_register`; the form's owners are those of the contracts."""
    for name in TABLES:
        write_table(raw, name, _owed() if name == "owed" else rows.get(name, ()))


def place_of(raw: Path, name: str) -> Path:
    """Where the table lies; `__sources.yml` tells the models."""
    return raw / "_register" / f"{name}.parquet"


def write_table(raw: Path, name: str, rows: Rows) -> None:
    """Write one table, typed as declared; the file changes at once or not at all."""
    table = pa.Table.from_pylist([dict(r) for r in rows], schema=TABLES[name][1])
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    write_durably(place_of(raw, name), sink.getvalue().to_pybytes())


def register_rows(
    home: Home, returns: Sequence[sa.Row[Any]], as_of: datetime | None = None
) -> dict[str, Rows]:
    """What the register knows of these returns: themselves, their warnings, and all waivers.

    The warnings bear the answers known by `as_of`; the notes of these stay in the register.
    """
    engine = register.open_register(home)
    with engine.connect() as db:
        waivers = _named(db, register.waivers, TABLES["waivers"][1].names)
        warnings = _warnings(db, returns, standing_replies(db, as_of=as_of))
        changes = _named(db, register.changes, TABLES["changes"][1].names)
    engine.dispose()
    known = {r.return_id for r in returns}
    names = TABLES["returns"][1].names
    return {
        "returns": [{n: getattr(r, n) for n in names} for r in returns],
        "waivers": sorted(waivers, key=lambda w: [str(v) for v in w.values()]),
        "warnings": warnings,
        "completeness": [asdict(c) for p in calendar() for c in _completeness(returns, p)],
        "changes": sorted(
            (c for c in changes if c["return_id"] in known), key=lambda c: str(c["return_id"])
        ),
    }


def _completeness(returns: Sequence[sa.Row[Any]], period: str) -> list[Completeness]:
    """Of a period that somebody has reported; days late play no part."""
    if not any(r.period == period for r in returns):
        return []
    return completeness(returns, states(returns, period, date.min), period)


def _owed() -> Rows:
    return [
        {"form": c.form, "kind": c.kind, "unit_type_code": unit_type}
        for c in contracts().values()
        for unit_type in c.owed_by
    ]


def _named(db: sa.Connection, table: sa.Table, names: Sequence[str]) -> list[dict[str, Any]]:
    query = sa.select(*(table.c[n] for n in names))
    return [dict(row) for row in db.execute(query).mappings()]


def _warnings(
    db: sa.Connection, returns: Sequence[sa.Row[Any]], replies: Mapping[str, Reply]
) -> Rows:
    """Of accepted returns; one about the whole file stands with the first of its returns."""
    accepted = sorted(r.return_id for r in returns if r.outcome == "accepted")
    by_id = {r.return_id: r for r in returns}
    first: dict[tuple[str, Any], str] = {}
    for name in accepted:
        first.setdefault((by_id[name].file_sha256, by_id[name].received_at), name)
    table = register.findings
    found = []
    for row in db.execute(sa.select(table).where(table.c.severity == WARNING)):
        return_id = row.return_id or first.get((row.file_sha256, row.received_at))
        owner = by_id.get(return_id)
        if owner is not None and owner.outcome == "accepted":
            reply = replies.get(row.number)
            found.append(
                {
                    "return_id": return_id,
                    "unit_code": owner.unit_code,
                    "answer": reasons()[reply.code].words if reply else None,
                    "answer_id": reply.answer_id if reply else None,
                    **{n: getattr(row, n) for n in ("rule", "form", "key", "message")},
                }
            )
    return sorted(found, key=lambda w: [str(v) for v in w.values()])
