"""Turns the marts of the warehouse into a release: one immutable folder, switched atomically.

Nothing is computed here. A release is written into a folder that no reader knows, and becomes
visible by one rename of the link `releases/current` (interfaces §4).
"""

import json
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from orchestration.analysts import write_docs
from orchestration.intake import register
from orchestration.intake.files import write_durably
from orchestration.release.copy_marts import copy_marts
from orchestration.release.inputs import canonical, inputs_known, inputs_landed
from orchestration.release.manifest import manifest_of, open_errors, sha256_of
from orchestration.settings import Home
from orchestration.version import code_version


class ReleaseBlockedError(Exception):
    """Open error findings forbid a final release; `findings` says which, each in Chinese."""

    def __init__(self, findings: list[str]) -> None:
        super().__init__(f"{len(findings)} 条未解决的错误阻止正式发布")
        self.findings = findings


@dataclass(frozen=True, kw_only=True)
class Published:
    """One published folder.

    Attributes:
        id: period, as-of and the first 8 hex digits of the manifest's hash.
        path: the folder.
        is_new: False if this very release existed already and nothing was written.
    """

    id: str
    path: Path
    is_new: bool


def publish(home: Home, period: str, as_of: str, *, is_provisional: bool) -> Published:
    """Write the marts as a release of `period` and make it the current one.

    Args:
        home: the home folder; its warehouse holds the marts.
        period: `YYYY-MM`.
        as_of: local time up to which returns are known, `YYYY-MM-DD HH:MM:SS`.
        is_provisional: True for a release in spite of open errors (初步数).

    Raises:
        ReleaseBlockedError: an error finding is open and the release is to be final. The checks
            before stop such a run already; this holds whoever publishes without them.
    """
    findings = [] if is_provisional else open_errors(home)
    if findings:
        raise ReleaseBlockedError(findings)
    home.releases.mkdir(parents=True, exist_ok=True)
    draft = home.releases / ".draft"
    shutil.rmtree(draft, ignore_errors=True)
    tables = copy_marts(home.warehouse, draft)
    manifest = manifest_of(home, period, as_of, tables, is_provisional=is_provisional)
    release_id = manifest["release"]
    folder = home.releases / release_id
    is_new = not folder.exists()
    if is_new:
        if home.quality.exists():
            shutil.copytree(home.quality, draft / "quality")
        write_docs(home, draft)
        text = json.dumps(manifest, ensure_ascii=False, indent=1)
        (draft / "manifest.json").write_text(text + "\n", encoding="utf-8")
        draft.rename(folder)
    shutil.rmtree(draft, ignore_errors=True)
    switch(home, folder)
    _remember(home, release_id, period, datetime.fromisoformat(as_of), is_provisional)
    return Published(id=release_id, path=folder, is_new=is_new)


def existing(home: Home, period: str, as_of: datetime, *, is_provisional: bool) -> Published | None:
    """The release that this very code made, or met again, from these very inputs."""
    run = _run_name(inputs_known(home, period, as_of), period, as_of, is_provisional)
    release_id = _made(home).get(run)
    folder = home.releases / str(release_id)
    if release_id is None or not (folder / "manifest.json").exists():
        return None
    return Published(id=release_id, path=folder, is_new=False)


def _run_name(inputs: str, period: str, as_of: datetime, is_provisional: bool) -> str:
    """The name of a run: the same name, the same release."""
    return sha256_of(canonical([period, as_of, is_provisional, code_version(), inputs]))


def switch(home: Home, folder: Path) -> None:
    """Make that release the current one, at once, and write it into the register."""
    link = home.releases / ".current"
    link.unlink(missing_ok=True)
    link.symlink_to(folder.name)
    link.rename(home.releases / "current")
    _write_down(home, folder / "manifest.json")


def _made(home: Home) -> dict[str, str]:
    """Release by run. Only spares work: it may be lost."""
    return json.loads(home.made.read_text(encoding="utf-8")) if home.made.exists() else {}


def _remember(
    home: Home, release_id: str, period: str, as_of: datetime, is_provisional: bool
) -> None:
    run = _run_name(inputs_landed(home, period, as_of), period, as_of, is_provisional)
    text = json.dumps(_made(home) | {run: release_id}, indent=1)
    write_durably(home.made, text.encode())


def _write_down(home: Home, path: Path) -> None:
    manifest = json.loads(path.read_text(encoding="utf-8"))
    row = {
        "release_id": manifest["release"],
        "period": manifest["period"],
        "as_of": datetime.fromisoformat(manifest["as_of"]),
        "is_provisional": manifest["is_provisional"],
        "manifest_sha256": sha256_of(path.read_bytes()),
    }
    known = sa.select(register.releases.c.release_id).where(
        register.releases.c.release_id == row["release_id"]
    )
    engine = register.open_register(home)
    with engine.begin() as db:
        if db.execute(known).first() is None:
            db.execute(sa.insert(register.releases).values(**row))
    engine.dispose()
