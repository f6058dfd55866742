"""Land what was accepted: typed Parquet per form and period, read again from the originals."""

import hashlib
import hmac
import os
import secrets
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import sqlalchemy as sa

from expectations import suites
from expectations.contract import Contract, contracts
from orchestration.intake import register
from orchestration.intake.files import write_durably
from orchestration.intake.landing.kept import Original, read_kept
from orchestration.intake.landing.land_register import register_rows, write_register
from orchestration.intake.reading.submission import FormSheet
from orchestration.settings import Home

Return = sa.Row[Any]
EMPTY = "0000-00"  # partition of the typed file without rows, so that a glob always matches
LINEAGE = (
    *(("return_id", pa.string()), ("file_sha256", pa.string()), ("sheet", pa.string())),
    *(("row_no", pa.int64()), ("unit_code", pa.string()), ("version", pa.int64())),
    ("received_at", pa.timestamp("us")),
)


def land(home: Home, as_of: datetime | None = None) -> list[Path]:
    """Bring raw up to what was received by `as_of`; the Parquet files written are the answer."""
    key = _secret(home)
    rows = register.returns_known(home, as_of)
    partitions: dict[tuple[str, str], list[Return]] = defaultdict(list)
    for row in rows:
        if row.outcome == "accepted" and not row.is_nil and row.form in contracts():
            partitions[row.form, row.period].append(row)
    targets = {p: _target(home, p, rs, key) for p, rs in partitions.items()}
    for contract in contracts().values():
        targets[contract.form, EMPTY] = _target(home, (contract.form, EMPTY), [], key)
    stale = {p: t for p, t in targets.items() if not t.exists()}
    wanted = {(r.file_sha256, r.file_name): r for p in stale for r in partitions.get(p, [])}
    sheets = read_kept(home, list(wanted.values()))
    for (form, period), target in stale.items():
        table = _partition(contracts()[form], partitions.get((form, period), []), sheets, key)
        _write(table, target)
    _drop_others(home, set(targets.values()))
    write_register(home.raw, register_rows(home, rows, as_of))
    return list(stale.values())


def schema(contract: Contract) -> pa.Schema:
    """The columns of `raw/<form>`: the contract's, `person_key` and lineage."""
    fields = [(c.name, pa.type_for_alias(c.arrow_type)) for c in contract.columns]
    if "person_no" in contract.names:
        fields.append(("person_key", pa.string()))
    return pa.schema([*fields, *LINEAGE])


def person_key(key: bytes, person_no: str | None) -> str | None:
    """The pseudonym of a person: the same in all forms of a home, unknown outside it."""
    if person_no is None:
        return None
    return hmac.new(key, person_no.encode(), hashlib.sha256).hexdigest()


def _secret(home: Home) -> bytes:
    if not home.secret.exists():
        home.root.mkdir(parents=True, exist_ok=True)
        draft = home.secret.with_name(f".{home.secret.name}.part")
        draft.unlink(missing_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        with os.fdopen(os.open(draft, flags, 0o600), "wb") as file:
            file.write(secrets.token_hex(32).encode())
            file.flush()
            os.fsync(file.fileno())
        draft.rename(home.secret)  # whole or not at all: half a key would be taken for one
    return home.secret.read_bytes().strip()


def _target(home: Home, partition: tuple[str, str], rows: Sequence[Return], key: bytes) -> Path:
    """Named by its set of returns, its contract and the secret: another set, another name."""
    form, period = partition
    parts = [repr(contracts()[form]), *sorted(r.return_id for r in rows)]
    name = hmac.new(key, "\n".join(parts).encode(), hashlib.sha256).hexdigest()[:16]
    return home.raw / form / f"period={period}" / f"{name}.parquet"


def _partition(
    contract: Contract,
    rows: Sequence[Return],
    sheets: dict[tuple[Original, str], FormSheet],
    key: bytes,
) -> pa.Table:
    tables = [schema(contract).empty_table()]
    for row in sorted(rows, key=lambda r: r.return_id):
        sheet = sheets.get(((row.file_sha256, row.file_name), contract.form))
        if sheet is None or sheet.table.num_rows != row.row_count:
            raise RuntimeError(f"原件 {row.file_sha256} 与登记不符：{row.return_id}")
        tables.append(_typed(contract, row, sheet, key))
    return pa.concat_tables(tables)


def _typed(contract: Contract, row: Return, sheet: FormSheet, key: bytes) -> pa.Table:
    table = suites.apply_defaults(contract, sheet.table)
    size = table.num_rows
    columns = {n: table[n] for n in (*contract.names, "row_no")}
    if "person_no" in contract.names:
        persons = [person_key(key, p) for p in table["person_no"].to_pylist()]
        columns["person_key"] = pa.array(persons, pa.string())
    lineage = {k: getattr(row, k) for k in ("return_id", "file_sha256", "unit_code", "version")}
    lineage |= {"sheet": sheet.sheet, "received_at": row.received_at}
    types = dict(LINEAGE)
    columns |= {k: pa.array([v] * size, types[k]) for k, v in lineage.items()}
    target = schema(contract)
    return pa.table([columns[n] for n in target.names], names=target.names).cast(target)


def _write(table: pa.Table, target: Path) -> None:
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    write_durably(target, sink.getvalue().to_pybytes())


def _drop_others(home: Home, kept: set[Path]) -> None:
    """Remove what is landed no more, and what a kill left half written."""
    for pattern in ("*.parquet", ".*.part"):
        for path in home.raw.glob(f"*/period=*/{pattern}"):
            if path not in kept:
                path.unlink()
