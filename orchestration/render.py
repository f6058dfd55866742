"""The generated source queries of the data site, and its build from a release.

`reports/queries/<name>.sql` is written by hand; `reports/sources/<audience>/<name>.sql` is made
from it, so that Evidence's connector and the bulletin run the same text.
"""

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

SOURCE = "site"  # the name under which pages read their tables; as connection.yaml has it
READ = re.compile(rf"\b(?:from|join) {SOURCE}\.(\w+)")
DATABASE = "release.duckdb"  # in the project root: ../../ of a source
SOURCES_SECONDS = 300
BUILD_SECONDS = 900
LOG_LINES = 12
NOT_COPIED = ("node_modules", ".evidence", "build", "sources", "__pycache__", "*.py")


class SiteError(Exception):
    """The site could not be built; the message says why, in Chinese."""


def queries_on_pages(reports: Path) -> list[str]:
    """Names of the queries that a page reads; nothing else can be downloaded from the site."""
    pages = (reports / "pages").rglob("*.md")
    return sorted({n for page in pages for n in READ.findall(page.read_text(encoding="utf-8"))})


def rendered(reports: Path, audience: str) -> dict[Path, str]:
    """What the generated source queries of an audience must hold, by path."""
    queries = [reports / "queries" / f"{name}.sql" for name in queries_on_pages(reports)]
    return {
        reports / "sources" / audience / query.name: (
            f"-- Generated from queries/{query.name} by `jijian render`: do not edit.\n"
            + query.read_text(encoding="utf-8")
        )
        for query in queries
    }


def stale(reports: Path, audience: str) -> list[Path]:
    """Generated files that are missing, differ from their query, or have none any more."""
    wanted = rendered(reports, audience)
    there = set((reports / "sources" / audience).glob("*.sql"))
    differing = {
        path
        for path, text in wanted.items()
        if path not in there or path.read_text(encoding="utf-8") != text
    }
    return sorted(differing | (there - wanted.keys()))


def render(reports: Path, audience: str, database: Path | None = None) -> list[Path]:
    """Write the source queries of an audience; with `database`, lay a copy of it in `reports`.

    Returns the generated files that changed.
    """
    changed = stale(reports, audience)
    wanted = rendered(reports, audience)
    for path in changed:
        if path in wanted:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted[path], encoding="utf-8")
        else:
            path.unlink()
    if database is not None:
        shutil.copyfile(database, reports / DATABASE)
    return changed


def build_site(
    reports: Path,
    audience: str,
    database: Path,
    folder: Path,
    *,
    sources_seconds: float = SOURCES_SECONDS,
    build_seconds: float = BUILD_SECONDS,
) -> Path:
    """Build an audience's site from the release's `database`, in a work copy under `folder`.

    Needs `npm ci` done in `reports`. Returns the folder of the static site; what npm printed is
    in `site.log` beside it.
    """
    work = _work_copy(reports, audience, folder)
    render(work, audience, database)
    log = folder / "site.log"
    log.write_bytes(b"")
    _npm("sources", work, log, sources_seconds)
    _all_loaded(work, audience)
    _npm("build", work, log, build_seconds)
    site = work / "build"
    if not (site / "index.html").is_file():
        raise SiteError(f"数据站没有生成首页，见 {log}")
    return site


def _work_copy(reports: Path, audience: str, folder: Path) -> Path:
    modules = reports / "node_modules"
    if not modules.is_dir():
        raise SiteError(f"缺少 {modules}：请先在 {reports} 中运行 npm ci")
    connection = reports / "sources" / audience / "connection.yaml"
    if not connection.is_file():
        raise SiteError(f"没有这个读者范围：{audience}")
    work = folder / "work"
    if work.exists():
        shutil.rmtree(work)
    shutil.copytree(reports, work, ignore=shutil.ignore_patterns(*NOT_COPIED))
    shutil.copytree(reports / "queries", work / "queries", dirs_exist_ok=True)
    (work / "sources" / audience).mkdir(parents=True)
    shutil.copyfile(connection, work / "sources" / audience / "connection.yaml")
    (work / "node_modules").symlink_to(modules.resolve())
    return work


def _npm(script: str, work: Path, log: Path, seconds: float) -> None:
    command = ["env", "SEND_ANONYMOUS_USAGE_STATS=no", "CI=1", "npm", "run", script]
    with log.open("ab") as output:
        code = _run_limited(command, work, output.fileno(), seconds)
    if code is None:
        raise SiteError(f"npm run {script} 超过 {seconds:g} 秒，已停止，见 {log}")
    if code != 0:
        tail = log.read_text(encoding="utf-8", errors="replace").splitlines()[-LOG_LINES:]
        raise SiteError(f"npm run {script} 失败（{code}）：\n" + "\n".join(tail))


def _run_limited(command: Sequence[str], work: Path, output: int, seconds: float) -> int | None:
    """Exit code, or None if it ran out of time; its children end with it."""
    try:
        process = subprocess.Popen(
            command,
            cwd=work,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    except FileNotFoundError as error:
        raise SiteError("没有找到 npm：请安装 Node 20 或更高版本") from error
    try:
        return process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _all_loaded(work: Path, audience: str) -> None:
    """Evidence goes on after a failed source query: then the manifest lacks its table."""
    manifest = work / ".evidence" / "template" / "static" / "data" / "manifest.json"
    if not manifest.is_file():
        raise SiteError("数据站没有取到任何数据")
    files = json.loads(manifest.read_text(encoding="utf-8"))["renderedFiles"].get(SOURCE, [])
    loaded = {Path(name).stem for name in files}
    missing = sorted(p.stem for p in rendered(work, audience) if p.stem not in loaded)
    if missing:
        raise SiteError(f"数据站没有取到这些查询的数据：{'、'.join(missing)}")
