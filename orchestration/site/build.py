"""Builds the data site of an audience from a release, with Evidence, in a work copy."""

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from types import FrameType

import duckdb

from expectations.contract import contracts
from expectations.reconciliation import reconciliations
from orchestration.site.audience import audiences, lay_pages, narrow
from orchestration.site.claims import TABLE, ClaimsError, lay_claims
from orchestration.site.sources import SITE, lay_sources, rendered

DATABASE = "release.duckdb"  # in the project root: ../../ of a source
SOURCES_SECONDS = 300
BUILD_SECONDS = 900
LOG_LINES = 12
NODE = 20  # the oldest major version that Evidence runs on
COPIED = ("pages", "partials", "components", "queries", "static")  # what a site is made from
Stage = Callable[[str], AbstractContextManager[object]]


class SiteError(Exception):
    """The site could not be built; the message says why, in Chinese."""


def build_site(
    reports: Path,
    audience: str,
    release: Path,
    folder: Path,
    *,
    stage: Stage = nullcontext,
    sources_seconds: float = SOURCES_SECONDS,
    build_seconds: float = BUILD_SECONDS,
) -> Path:
    """Build an audience's site from a release, in a work copy under `folder`.

    Needs `npm ci` done in `reports`. What npm printed is in `site.log` under `folder`.

    Args:
        reports: the Evidence project.
        audience: a folder of `reports/sources`.
        release: a folder `releases/<id>`.
        folder: where to work; it is made.
        stage: entered with the Chinese name of each stage as it begins, left when it is over.
        sources_seconds: after which the reading of data is stopped.
        build_seconds: after which the making of pages is stopped.

    Returns:
        The folder of the static site.

    Raises:
        SiteError: what is missing, or what npm said.
    """
    check_tools(reports, audience)
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "site.log"
    with stage("准备"):
        work = _work_copy(reports, audience, folder)
        lay_sources(work, audience)
        lay_database(release, work / DATABASE)
        with duckdb.connect(str(work / DATABASE)) as con:
            narrow(con, reports, audience)
        log.write_bytes(b"")
    with stage("取数"):
        _npm("sources", work, log, sources_seconds)
        _all_loaded(work, audience)
    with stage("生成页面"):
        _npm("build", work, log, build_seconds)
    site = work / "build"
    if not (site / "index.html").is_file():
        raise SiteError(f"数据站没有生成首页，见 {log}")
    return site


def check_tools(reports: Path, audience: str) -> None:
    """Raise SiteError if Node, its packages or the audience is not there."""
    if audience not in audiences(reports):
        known = "、".join(audiences(reports))
        raise SiteError(f"没有这个读者范围：{audience}（已有：{known}）")
    if not (reports / "node_modules").is_dir():
        raise SiteError(f"缺少 {reports / 'node_modules'}：请先在 {reports} 中运行 npm ci")
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        raise SiteError(f"没有找到 Node：建数据站需要 Node {NODE} 或更高版本（含 npm）")
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major = re.match(r"v(\d+)", told)
    if major is None or int(major[1]) < NODE:
        raise SiteError(f"Node {told.strip()} 过旧：建数据站需要 Node {NODE} 或更高版本")


def _work_copy(reports: Path, audience: str, folder: Path) -> Path:
    work = folder / "work"
    if work.exists():
        shutil.rmtree(work)
    for part in COPIED:
        if (reports / part).is_dir():
            shutil.copytree(reports / part, work / part)
    for file in (p for p in reports.iterdir() if p.suffix in (".json", ".yaml", ".cjs")):
        shutil.copyfile(file, work / file.name)
    lay_pages(reports, work, audience)
    (work / "sources" / audience).mkdir(parents=True)
    connection = Path("sources") / audience / "connection.yaml"
    shutil.copyfile(reports / connection, work / connection)
    (work / "node_modules").symlink_to((reports / "node_modules").resolve())
    return work


def lay_database(release: Path, path: Path) -> None:
    """Copy the marts, and beside them (schema `about`) what the manifest and contracts say."""
    shutil.copyfile(release / "jijian.duckdb", path)
    manifest = json.loads((release / "manifest.json").read_text(encoding="utf-8"))
    with duckdb.connect(str(path)) as con:
        lay_about(con, manifest["release"], manifest["as_of"], manifest["is_provisional"])
        try:
            lay_claims(con, release / "jijian.duckdb")
        except ClaimsError as error:
            raise SiteError(str(error)) from None


def lay_about(
    con: duckdb.DuckDBPyConnection, release: str, as_of: str, is_provisional: bool
) -> None:
    """Write the schema `about`: the release, the rules with their meaning, the forms' titles.

    `rules.is_private` marks rules that name an S3 column: of those only the count is shown;
    `rule_forms` has the forms that a rule is on, of those between forms all it watches over.
    """
    con.execute("create schema about")
    con.execute("create table about.release (release text, as_of timestamp, is_provisional bool)")
    con.execute("insert into about.release values (?, ?, ?)", [release, as_of, is_provisional])
    con.execute(TABLE)
    con.execute("create table about.forms (form text, title text)")
    con.executemany(
        "insert into about.forms values (?, ?)", [(c.form, c.title) for c in contracts().values()]
    )
    con.execute("create table about.rules (rule text, meaning text, is_private bool)")
    con.executemany("insert into about.rules values (?, ?, ?)", _rules())
    con.execute("create table about.rule_forms (rule text, form text)")
    con.executemany("insert into about.rule_forms values (?, ?)", _rule_forms())


def _rules() -> list[tuple[str, str, bool]]:
    rows = [
        (rule.id, rule.message, any(c.column(n).privacy == "S3" for n in rule.columns))
        for c in contracts().values()
        for rule in c.rules
    ]
    rows += [(r.id, r.message, False) for r in reconciliations().values()]
    return [(rule, _meaning(message), private) for rule, message, private in rows]


def _rule_forms() -> list[tuple[str, str]]:
    every = tuple(contracts())
    own = [(rule.id, c.form) for c in contracts().values() for rule in c.rules]
    between = [(r.id, form) for r in reconciliations().values() for form in r.watched or every]
    return own + between


def _meaning(message: str) -> str:
    """What a rule says of no row in particular: its message without the places for values."""
    return re.sub(r"（[^（）]*\{[^（）]*\}[^（）]*）|[：:]?\s*\{\w+\}\s*", "", message).strip(" 的")


def _npm(script: str, work: Path, log: Path, seconds: float) -> None:
    command = ["npm", "run", script]
    with log.open("ab") as output:
        code = _run_limited(command, work, output.fileno(), seconds)
    if code is None:
        raise SiteError(f"npm run {script} 超过 {seconds:g} 秒，已停止，见 {log}")
    if code != 0:
        tail = log.read_text(encoding="utf-8", errors="replace").splitlines()[-LOG_LINES:]
        raise SiteError(f"npm run {script} 失败（{code}），见 {log}：\n" + "\n".join(tail))


def _run_limited(command: Sequence[str], work: Path, output: int, seconds: float) -> int | None:
    """Exit code, or None if it ran out of time; its children end with it.

    Raises:
        KeyboardInterrupt: a signal to end came, whichever; all has ended.
    """
    with _ending_in_order() as watch:
        process = subprocess.Popen(
            ["env", "SEND_ANONYMOUS_USAGE_STATS=no", "CI=1", *command],
            cwd=work,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            watch(process)
            return process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            return None
        finally:
            _end(process)
            process.wait()


def _end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


@contextlib.contextmanager
def _ending_in_order() -> Iterator[Callable[[subprocess.Popen[bytes]], None]]:
    """At a signal to end, end what is watched; when it is over, say so as Ctrl+C does.

    The handler raises nothing: an exception in the midst of `wait` may leave its lock held, and
    the next one would wait for ever. A signal that comes before the child is known is kept until
    then. Whoever handles the signals already (Dagster does) goes on doing so.
    """
    came: list[int] = []
    watched: list[subprocess.Popen[bytes]] = []

    def end(number: int, _frame: FrameType | None) -> None:
        came.append(number)
        for process in watched:
            _end(process)

    def watch(process: subprocess.Popen[bytes]) -> None:
        watched.append(process)
        if came:
            _end(process)

    before = {}
    if threading.current_thread() is threading.main_thread():
        plain = (signal.SIG_DFL, signal.default_int_handler)
        handlers = {n: signal.getsignal(n) for n in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
        before = {number: how for number, how in handlers.items() if how in plain}
    for number in before:
        signal.signal(number, end)
    try:
        yield watch
    finally:
        for number, how in before.items():
            signal.signal(number, how)
    if came:
        raise KeyboardInterrupt


def _all_loaded(work: Path, audience: str) -> None:
    """Evidence goes on after a failed source query: then the manifest lacks its table."""
    manifest = work / ".evidence" / "template" / "static" / "data" / "manifest.json"
    if not manifest.is_file():
        raise SiteError("数据站没有取到任何数据")
    files = json.loads(manifest.read_text(encoding="utf-8"))["renderedFiles"].get(SITE, [])
    loaded = {Path(name).stem for name in files}
    missing = sorted(p.stem for p in rendered(work, audience) if p.stem not in loaded)
    if missing:
        raise SiteError(f"数据站没有取到这些查询的数据：{'、'.join(missing)}")
