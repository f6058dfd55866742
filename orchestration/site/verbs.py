"""The verbs of the data site: site, serve."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from orchestration.settings import REPORTS, Home
from orchestration.site.audience import audiences
from orchestration.site.build import Stage, build_site, check_tools
from orchestration.version import code_version

STAMP = ".made_by"  # in the folder of a site: the code that made it
LOOPBACK = "127.0.0.1"
audience_option = click.option(
    "--audience",
    default="internal",
    show_default=True,
    type=click.Choice(audiences()),
    help="读者范围",
)


@click.command(
    "site", help="从发布建数据站，放在 releases/<发布>/site/<读者范围>/，约需 1–3 分钟。"
)
@audience_option
@click.option("--release", "release_id", help="发布编号（默认当前发布）")
@click.option("--force", is_flag=True, help="已有同一程序版本建成的数据站时也重建")
@click.pass_obj
def site_command(home: Home, audience: str, release_id: str | None, force: bool) -> None:
    """Build the site beside its place and move it in by one rename."""
    release = _release(home, release_id)
    place = release / "site" / audience
    if not force and _made_by(place) == code_version():
        click.echo(f"数据站已建成，未重建：{place}")
        return
    check_tools(REPORTS, audience)
    draft = place.with_name(f".{audience}")
    shutil.rmtree(draft, ignore_errors=True)
    begun = time.monotonic()
    click.echo(f"▶ 建数据站 {release.name} …")
    with _stages() as progress:
        built = build_site(REPORTS, audience, release, draft, stage=progress)
    (built / STAMP).write_text(code_version() + "\n", encoding="utf-8")
    if place.exists():
        place.rename(draft / "before")
    built.rename(place)
    shutil.rmtree(draft)
    pages = len(list(place.rglob("index.html")))
    click.echo(f"  建数据站：{time.monotonic() - begun:.1f} 秒，{pages} 页，{place}")


@click.command("serve", help="在本机（127.0.0.1）打开当前发布的数据站；发布更新后随之更新。")
@click.option("--port", default=8765, show_default=True, type=click.IntRange(0, 65535))
@audience_option
@click.pass_obj
def serve_command(home: Home, port: int, audience: str) -> None:
    """Serve the site of `releases/current` until interrupted."""
    if _made_by(_release(home, None) / "site" / audience) is None:
        raise click.UsageError("当前发布还没有数据站，请先 jijian site")
    try:
        server = ThreadingHTTPServer((LOOPBACK, port), _handler(home, audience))
    except OSError:
        raise click.UsageError(f"端口 {port} 已被占用，请用 --port 另选") from None
    with server:
        click.echo(f"数据站：http://{LOOPBACK}:{server.server_port}/ （Ctrl+C 停止）")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo("已停止")


def _release(home: Home, release_id: str | None) -> Path:
    """The folder of a release; the current one by default."""
    folder = home.releases / (release_id or "current")
    if (folder / "manifest.json").is_file():
        return folder.resolve()
    if release_id is None:
        raise click.UsageError("还没有发布，请先 jijian run")
    known = sorted(p.parent.name for p in home.releases.glob("[0-9]*/manifest.json"))
    raise click.UsageError(f"没有发布 {release_id}，已有：{'、'.join(known) or '无'}")


def _made_by(place: Path) -> str | None:
    stamp = place / STAMP
    return stamp.read_text(encoding="utf-8").strip() if stamp.is_file() else None


@contextmanager
def _stages() -> Iterator[Stage]:
    """Shows each stage with its elapsed seconds; written to a file, each when all are over."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(highlight=False)) as progress:

        @contextmanager
        def stage(name: str) -> Iterator[None]:
            task = progress.add_task(name, total=1)
            yield
            progress.update(task, completed=1)

        yield stage


def _handler(home: Home, audience: str) -> type[SimpleHTTPRequestHandler]:
    """Files of the release that is current when the request comes."""

    class Handler(SimpleHTTPRequestHandler):
        error_message_format = (
            "<!doctype html><meta charset=utf-8><title>%(code)d</title>"
            "<p>没有这一页。有了新发布时，先运行 jijian site 建它的数据站。</p>"
        )

        def handle(self) -> None:
            """A browser that goes away before all has come is no trouble of ours."""
            with suppress(ConnectionError):
                super().handle()

        def translate_path(self, path: str) -> str:
            self.directory = str((home.releases / "current").resolve() / "site" / audience)
            return super().translate_path(path)

        def end_headers(self) -> None:
            self.send_header("Cache-Control", "no-cache")  # the next release may be here already
            super().end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing: what people look at is written nowhere."""

    return Handler
