"""Who may write the warehouse: one process at a time, held by a lock that the kernel releases."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from orchestration.settings import DBT_PROJECT, Home

# What DuckDB says of a file that was being made when its writer was killed.
TORN = ("not a valid DuckDB database", "Could not read enough bytes")
ORPHAN_SECONDS, POLL_SECONDS = 120.0, 0.2


@contextmanager
def writing(home: Home) -> Iterator[None]:
    """Wait for the home's lock, hold it, and tell dbt where the warehouse is."""
    home.warehouse.parent.mkdir(parents=True, exist_ok=True)
    os.environ["JIJIAN_WAREHOUSE"] = str(home.warehouse)
    with home.lock.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _await_closed(home.warehouse)
        yield


def _await_closed(warehouse: Path) -> None:
    """Wait for the dbt of a run that was killed: it outlives its run and ends by itself."""
    for _ in range(int(ORPHAN_SECONDS / POLL_SECONDS)):
        try:
            if warehouse.exists():
                duckdb.connect(str(warehouse), read_only=True).close()
        except duckdb.IOException as error:
            if any(text in str(error) for text in TORN):
                _drop(warehouse)
                return
            if "lock" not in str(error):
                raise
            time.sleep(POLL_SECONDS)
        else:
            return
    raise RuntimeError(f"{warehouse} 一直被另一个进程打开，请先结束它再重试")


def _drop(warehouse: Path) -> None:
    """Remove a torn warehouse: all of it is made from `raw` again."""
    for path in (warehouse, warehouse.with_name(f"{warehouse.name}.wal")):
        path.unlink(missing_ok=True)


def seeds_are_stale(home: Home) -> bool:
    """True unless the warehouse holds every seed with the columns it has now.

    The rule functions need the seeds before anything else is built; `dbt build` refreshes their
    rows but makes them in its own order. To make them each time costs a second start of dbt.
    """
    seeds = (DBT_PROJECT / "seeds").glob("*.csv")
    declared = {s.stem: s.open(encoding="utf-8").readline().strip().split(",") for s in seeds}
    if not home.warehouse.exists():
        return True
    with duckdb.connect(str(home.warehouse), read_only=True) as con:
        held = con.execute(
            "select table_name, list(column_name order by column_index) from duckdb_columns()"
            " where schema_name = 'seeds' group by table_name"
        ).fetchall()
    return dict(held) != declared


def table_sizes(home: Home) -> dict[str, int]:
    """Number of rows of every table of the warehouse; its names are unique over all schemas."""
    with duckdb.connect(str(home.warehouse), read_only=True) as con:
        return dict(
            con.execute("select table_name, estimated_size from duckdb_tables()").fetchall()
        )
