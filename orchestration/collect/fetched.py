"""What was fetched, when and from where: two tables of the register."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from orchestration.intake.register import META

fetches = sa.Table(
    "fetches",
    META,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("unit_code", sa.String, nullable=False, index=True),
    sa.Column("url", sa.String, nullable=False),
    sa.Column("path", sa.String, nullable=False),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("mark", sa.String, nullable=False),
    sa.Column("sha256", sa.String, nullable=False),
    sa.Column("fetched_at", sa.DateTime, nullable=False),
    sa.Column("draft", sa.String),  # null: the content is that of the last fetch
)
visits = sa.Table(
    "visits",
    META,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("unit_code", sa.String, nullable=False),
    sa.Column("url", sa.String, nullable=False),
    sa.Column("visited_at", sa.DateTime, nullable=False),
    sa.Column("fetched", sa.Integer, nullable=False),
    sa.Column("trouble", sa.String),
)

Known = dict[str, tuple[int, str, str]]  # path in the place: size, mark, sha256 when last fetched


def known(db: sa.Connection, unit_code: str, url: str) -> Known:
    """What was fetched last under each path of that place."""
    query = (
        sa.select(fetches)
        .where(fetches.c.unit_code == unit_code, fetches.c.url == url)
        .order_by(fetches.c.id)
    )
    return {r.path: (r.size, r.mark, r.sha256) for r in db.execute(query)}


def landing(db: sa.Connection, draft: str) -> sa.Row[Any] | None:
    """The fetch whose draft that is, if it was entered."""
    return db.execute(sa.select(fetches).where(fetches.c.draft == draft)).one_or_none()


def last_visit(db: sa.Connection) -> datetime | None:
    """When any place was last visited."""
    found: datetime | None = db.scalar(sa.select(sa.func.max(visits.c.visited_at)))
    return found
