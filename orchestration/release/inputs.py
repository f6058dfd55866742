"""What a release is made from, as one number: equal inputs, equal release."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import click
import pyarrow.parquet as pq

from orchestration.intake.landing.land_register import Rows, register_rows
from orchestration.intake.register import returns_known
from orchestration.release.earlier import releases_read
from orchestration.settings import Home

READ = ("returns", "waivers", "warnings")  # what of the register reaches the models


def canonical(value: Any) -> bytes:
    """JSON in one spelling: sorted keys, no spaces."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str
    ).encode()


def known_at(text: str) -> datetime:
    """The moment that `--as-of` means; a bare date is its last second."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f"时点 {text} 应写作 2023-08-10 或 2023-08-10T12:00") from None
    return moment + timedelta(days=1, seconds=-1) if len(text) == len("2023-08-10") else moment


def inputs_known(home: Home, period: str, as_of: datetime) -> str:
    """SHA-256 over what the register and earlier releases say now about that cut."""
    rows = register_rows(home, returns_known(home, as_of), as_of)
    return _digest(home, period, as_of, rows)


def inputs_landed(home: Home, period: str, as_of: datetime) -> str:
    """The same over what has landed, so over what the warehouse was made from."""
    folder = home.raw / "_register"
    rows = {name: pq.read_table(folder / f"{name}.parquet").to_pylist() for name in READ}
    return _digest(home, period, as_of, rows)


def _digest(home: Home, period: str, as_of: datetime, rows: Mapping[str, Rows]) -> str:
    read = {name: sorted(canonical(dict(r)).decode() for r in rows[name]) for name in READ}
    return hashlib.sha256(
        canonical(read | {"earlier_releases": releases_read(home, period, as_of)})
    ).hexdigest()
