"""A release as those who read it see it, and which one is read for a period."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click

from orchestration.settings import Home


@dataclass(frozen=True, kw_only=True)
class Release:
    """A release as its manifest describes it.

    Attributes:
        path: the folder.
        period: `YYYY-MM`.
        as_of: local time up to which returns are known.
        is_provisional: True marks everything as 初步数.
    """

    path: Path
    period: str
    as_of: datetime
    is_provisional: bool

    @property
    def id(self) -> str:
        """Period, as-of and the first 8 hex digits of the manifest's hash."""
        return self.path.name

    @property
    def database(self) -> Path:
        """Its marts."""
        return self.path / "jijian.duckdb"


def release_of(home: Home, period: str, known: datetime | None) -> Release:
    """The newest release of the period known at that time; else the newest that contains it."""
    current = (home.releases / "current").resolve()
    found = [
        read_release(path.parent) for path in sorted(home.releases.glob("[0-9]*/manifest.json"))
    ]
    if not found:
        raise click.UsageError("还没有发布，请先 jijian run")
    fit = [r for r in found if r.period >= period and (known is None or r.as_of <= known)]
    own = [r for r in fit if r.period == period]
    if not fit:
        until = f"认知时点不晚于 {known:%Y-%m-%d %H:%M:%S} 的" if known else ""
        have = "、".join(r.path.name for r in found)
        raise click.UsageError(f"没有{until}含报告期 {period} 的发布，已有：{have}")
    best = max(own or fit, key=lambda r: (r.path == current and known is None, r.as_of))
    if best.period != period:
        click.echo(f"采用发布 {best.path.name}：其报告期是 {best.period}，含 {period}")
    elif best.path != current:
        click.echo(f"采用发布 {best.path.name}：不是当前发布 {current.name}")
    return best


def read_release(folder: Path) -> Release:
    """The release in a folder."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return Release(
        path=folder.resolve(),
        period=manifest["period"],
        as_of=datetime.fromisoformat(manifest["as_of"]),
        is_provisional=manifest["is_provisional"],
    )
