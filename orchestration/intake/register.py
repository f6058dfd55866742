"""The register: what was received, what was found, waived and released.

Tables of `register.sqlite`, the only mutable state of a home; `history.py` asks it about units.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from orchestration.intake.register_columns import add_missing
from orchestration.settings import Home

META = sa.MetaData()

files = sa.Table(
    "files",
    META,
    sa.Column("sha256", sa.String, primary_key=True),
    sa.Column("received_at", sa.DateTime, primary_key=True),
    sa.Column("name", sa.String, primary_key=True),
    sa.Column("unit_code", sa.String),
    sa.Column("period", sa.String),
    sa.Column("outcome", sa.String, nullable=False),
    sa.Column("is_kept", sa.Boolean, nullable=False),
    sa.Column("reason", sa.String),
)
returns = sa.Table(
    "returns",
    META,
    sa.Column("return_id", sa.String, primary_key=True),
    sa.Column("form", sa.String, nullable=False),
    sa.Column("unit_code", sa.String, nullable=False),
    sa.Column("period", sa.String, nullable=False),
    sa.Column("version", sa.Integer),
    sa.Column("received_at", sa.DateTime, nullable=False),
    sa.Column("outcome", sa.String, nullable=False),
    sa.Column("is_nil", sa.Boolean, nullable=False),
    sa.Column("is_late", sa.Boolean, nullable=False),
    sa.Column("row_count", sa.Integer, nullable=False),
    sa.Column("file_sha256", sa.String, nullable=False),
    sa.Column("file_name", sa.String, nullable=False),
    sa.Column("reason", sa.String),
    sa.UniqueConstraint("unit_code", "period", "form", "version"),
)
findings = sa.Table(
    "findings",
    META,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("file_sha256", sa.String, nullable=False),
    sa.Column("received_at", sa.DateTime, nullable=False),
    sa.Column("return_id", sa.String, index=True),
    sa.Column("rule", sa.String, nullable=False),
    sa.Column("severity", sa.String, nullable=False),
    sa.Column("form", sa.String),
    sa.Column("sheet", sa.String),
    sa.Column("row", sa.Integer),
    sa.Column("column", sa.String),
    sa.Column("cell", sa.String),
    sa.Column("key", sa.String),
    sa.Column("message", sa.String, nullable=False),
    sa.Column("signature", sa.String, nullable=False),
    sa.Column("is_continuing", sa.Boolean, nullable=False),
    sa.Column("number", sa.String, index=True),
)
answers = sa.Table(
    "answers",
    META,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("file_sha256", sa.String, nullable=False),
    sa.Column("received_at", sa.DateTime, nullable=False),
    sa.Column("unit_code", sa.String, nullable=False, index=True),
    sa.Column("period", sa.String, nullable=False),
    sa.Column("number", sa.String, nullable=False),
    sa.Column("rule", sa.String, nullable=False),
    sa.Column("form", sa.String),
    sa.Column("key", sa.String),
    sa.Column("code", sa.String, nullable=False),
    sa.Column("note", sa.String, nullable=False),
)
changes = sa.Table(  # of an accepted resubmission against the version before
    "changes",
    META,
    sa.Column("return_id", sa.String, primary_key=True),
    *(sa.Column(n, sa.Integer, nullable=False) for n in ("added", "gone", "changed", "cells")),
)
waivers = sa.Table(
    "waivers",
    META,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("finding", sa.String, nullable=False),
    sa.Column("period", sa.String, nullable=False),
    sa.Column("key", sa.String),
    sa.Column("reason", sa.String, nullable=False),
    sa.Column("by", sa.String, nullable=False),
    sa.Column("until", sa.String, nullable=False),
    sa.Column("answer", sa.String),  # of an accepted answer its id; `until` is then a day
)
releases = sa.Table(
    "releases",
    META,
    sa.Column("release_id", sa.String, primary_key=True),
    sa.Column("period", sa.String, nullable=False),
    sa.Column("as_of", sa.DateTime, nullable=False),
    sa.Column("is_provisional", sa.Boolean, nullable=False),
    sa.Column("manifest_sha256", sa.String, nullable=False),
)


SCHEMA_VERSION = 1  # one more whenever a table changes
WAIT = 120  # seconds for whoever writes: a group of large workbooks is marked meanwhile


class HomeError(RuntimeError):
    """The home cannot be worked with; the text says why and how to mend it."""


def open_register(home: Home) -> sa.Engine:
    """The register of the home, made on first use.

    Raises:
        HomeError: not writable, damaged, lost, or made by another version of the program.
    """
    _make_root(home)
    engine = sa.create_engine(f"sqlite:///{home.register}", connect_args={"timeout": WAIT})

    @sa.event.listens_for(engine, "connect")
    def durable(connection: sa.engine.interfaces.DBAPIConnection, _record: object) -> None:
        cursor = connection.cursor()
        cursor.execute("pragma journal_mode = wal")
        cursor.execute("pragma synchronous = full")
        cursor.close()

    try:
        with engine.begin() as db:
            _agree(home, db)
    except sa.exc.OperationalError as error:
        raise HomeError(f"登记库 {home.register} 打不开：请检查权限、磁盘空间，稍后再试") from error
    except sa.exc.DatabaseError as error:
        raise HomeError(f"登记库 {home.register} 已损坏或不完整：请从备份恢复后再试") from error
    return engine


def _make_root(home: Home) -> None:
    try:
        home.root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise HomeError(
            f"数据目录 {home.root} 无法写入：请检查权限，或用 --home 另指目录"
        ) from error


def _agree(home: Home, db: sa.Connection) -> None:
    """Make the tables of a new register; refuse one that is not this program's."""
    version: int = db.exec_driver_sql("pragma user_version").scalar_one()
    if version == 0:
        db.exec_driver_sql("begin immediate")  # two that begin at once would both make the tables
    is_new = not sa.inspect(db).has_table(files.name)
    if version not in (0, SCHEMA_VERSION):
        raise HomeError(
            f"登记库 {home.register} 是第 {version} 版，本程序只认第 {SCHEMA_VERSION} 版："
            "请改用与之相配的程序"
        )
    if is_new and any(home.originals.glob("[!.]*")):
        raise HomeError(
            f"{home.root} 中有原件而登记库缺失或为空：请从备份恢复 {home.register.name}；"
            "如要重新开始，请先移走整个数据目录"
        )
    META.create_all(db)  # later tables come to a register that lacks them
    if not is_new:
        add_missing(db, META)
    if version == 0:
        db.exec_driver_sql(f"pragma user_version = {SCHEMA_VERSION}")


class BusyError(RuntimeError):
    """Another process does the same in this home."""


@contextmanager
def receiving(home: Home, *, wait: bool = True) -> Iterator[None]:
    """Be the only one who receives; the kernel releases the lock also on a kill.

    Raises:
        BusyError: somebody else receives and `wait` is False.
    """
    with held(home, home.intake_lock, f"{home.root} 正由另一个进程接收报表，请稍后再试", wait=wait):
        yield


@contextmanager
def held(home: Home, lock: Path, busy: str, *, wait: bool) -> Iterator[None]:
    """Hold a lock of the home, or raise BusyError with the text `busy` where `wait` is False."""
    _make_root(home)
    try:
        file = lock.open("a")
    except OSError as error:
        raise HomeError(f"{lock} 无法写入：请检查数据目录的权限和磁盘空间") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BusyError(busy) from error
        yield


def latest_received_at(db: sa.Connection) -> datetime | None:
    """The default as-of: the newest moment of receipt, never the clock."""
    found: datetime | None = db.scalar(sa.select(sa.func.max(files.c.received_at)))
    return found


def returns_known(home: Home, as_of: datetime | None) -> list[sa.Row[Any]]:
    """Every return received by `as_of`, whatever came of it, in the order of receipt."""
    query = sa.select(returns).order_by(returns.c.received_at, returns.c.return_id)
    if as_of is not None:
        query = query.where(returns.c.received_at <= as_of)
    engine = open_register(home)
    with engine.connect() as db:
        rows = list(db.execute(query).all())
    engine.dispose()
    return rows
