"""The verb `report`: the written products of a period, from a release and into it.

The bulletin (docx, PDF), and beside it the facts of the speech (docx, xlsx) and the published
tables (xlsx).
"""

import json
import logging
import sys
import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import click
import duckdb

from expectations.contract import contracts
from expectations.registry import calendar
from orchestration.inputs import known_at
from orchestration.progress import shown, step
from orchestration.settings import Home
from orchestration.version import code_version

# What sets and draws is loaded when a document is wanted: other verbs do without.
if TYPE_CHECKING:
    from reports.bulletin.content import Bulletin, Source
    from reports.bulletin.figures import Figures
    from reports.bulletin.fonts import Font
    from reports.bulletin.revision import Previous
    from reports.bulletin.wording import Span

KINDS = ("month", "quarter", "half", "year")
# What lies beside the bulletin, in the order of writing.
BESIDE = (("讲话数据素材", ".docx"), ("讲话数据素材", ".xlsx"), ("统计表", ".xlsx"))
# Properties of a docx that say what it was made by, and from.
CODE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}version"
RELEASE = "{http://purl.org/dc/elements/1.1/}identifier"
NO_FONT = (
    "没有找到中文字体：未写 PDF，Word 文件不含图。"
    "请在 reports 中运行 npm ci，或安装任一中文字体后加 --force 重写"
)


@dataclass(frozen=True, kw_only=True)
class Release:
    """A release as its manifest describes it."""

    path: Path
    period: str
    as_of: datetime
    is_provisional: bool

    @property
    def database(self) -> Path:
        """Its marts."""
        return self.path / "jijian.duckdb"


@click.command(
    "report", help="从发布写出情况通报（docx、PDF）、讲话数据素材（docx、xlsx）和统计表（xlsx）。"
)
@click.option("--period", required=True, help="报告期，如 2023-07")
@click.option(
    "--kind",
    type=click.Choice(KINDS),
    default="month",
    show_default=True,
    help="月、季度、半年、年；除月外报告期须为其末月",
)
@click.option("--as-of", help="取认知时点不晚于它的最新发布，如 2023-08-10（默认当前发布）")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="输出目录（默认 releases/<发布>/reports）",
)
@click.option("--force", is_flag=True, help="已由同一程序版本写出时也重写")
@click.pass_obj
def report_command(
    home: Home, period: str, kind: str, as_of: str | None, out: Path | None, force: bool
) -> None:
    """Write the bulletin of a period; skip what this very code has written already."""
    if period not in calendar():
        raise click.UsageError(f"报告期 {period} 不在日历中，应写作 2023-07")
    release = _release(home, period, known_at(as_of) if as_of else None)
    from reports.bulletin.fonts import chinese_font

    folder = out or release.path / "reports"
    with shown(logging.StreamHandler(sys.stdout)):
        told = write_bulletin(release, period, kind, folder, chinese_font(), force=force)
    click.echo("\n".join(told))


def write_bulletin(
    release: Release,
    period: str,
    kind: str,
    folder: Path,
    font: "Font | None",
    *,
    force: bool = False,
) -> list[str]:
    """Write the bulletin, the facts of the speech and the tables, each file by one rename.

    Without `force`, what this very code has written already is left. Returns what to tell the
    user, a line each.

    Raises:
        click.UsageError: the period ends no such kind, or the release does not hold what the
            bulletin says.
    """
    from reports.bulletin.figures import UnsupportedError
    from reports.bulletin.sections import bulletin
    from reports.bulletin.wording import KIND_NAMES

    suffix = "" if kind == "month" else f"_{KIND_NAMES[kind]}"
    docx = folder / f"通报_{period}{suffix}.docx"
    stamp = (code_version(), release.path.name)
    beside = [folder / f"{name}_{period}{suffix}{kind_of}" for name, kind_of in BESIDE]
    made = [*([docx] if font is None else [docx, docx.with_suffix(".pdf")]), *beside]
    if not force and all(p.is_file() for p in made) and _stamp(docx) == stamp:
        return [f"通报已写出，未重写：{'、'.join(str(p) for p in made)}"]
    try:
        with step(f"写通报 {period}（{release.path.name}）"):
            with step("读取数字，成文"):
                figures, span, source = _read_figures(release, period, kind)
                content = bulletin(figures, span, source, _previous(release, period))
            folder.mkdir(parents=True, exist_ok=True)
            with step("写讲话数据素材和统计表"):
                _write_beside(figures, span, source, beside)
            _write(content, docx, font)
    except UnsupportedError as error:
        raise click.UsageError(f"未写通报：{error}") from None
    told = NO_FONT if font is None else f"PDF 字体：{font.family}（{font.path}）"
    return [*(str(p) for p in made), told]


def _stamp(docx: Path) -> tuple[str | None, str | None]:
    """The code version and the release that a docx names; None where it cannot be read."""
    try:
        with zipfile.ZipFile(docx) as packed:
            core = ElementTree.fromstring(packed.read("docProps/core.xml"))
    except (OSError, KeyError, zipfile.BadZipFile, ElementTree.ParseError):
        return None, None
    return core.findtext(CODE), core.findtext(RELEASE)


def _write(content: "Bulletin", docx: Path, font: "Font | None") -> None:
    """The docx comes last: it names the code that made all."""
    with step("装载绘图和排版程序"):
        from reports.bulletin.content import Picture
        from reports.bulletin.pdf import write_pdf
        from reports.bulletin.pictures import draw
        from reports.bulletin.word import write_docx
    drawings = {}
    draft, pdf = docx.with_name(f".{docx.name}"), docx.with_suffix(".pdf")
    if font is None:
        pdf.unlink(missing_ok=True)  # of other figures or another program
    else:
        pictures = [b for s in content.sections for b in s.blocks if isinstance(b, Picture)]
        with step("绘图"):
            drawings = {p.caption: draw(p, font.path) for p in pictures}
        with step("写 PDF"):
            write_pdf(content, drawings, draft, font).replace(pdf)
    with step("写 Word"):
        write_docx(content, drawings, draft).replace(docx)


def _write_beside(figures: "Figures", span: "Span", source: "Source", paths: list[Path]) -> None:
    from reports.bulletin.products import speech_document, speech_workbook, tables_workbook

    for write, path in zip((speech_document, speech_workbook, tables_workbook), paths, strict=True):
        write(figures, span, source, path.with_name(f".{path.name}")).replace(path)


def _read_figures(release: Release, period: str, kind: str) -> tuple["Figures", "Span", "Source"]:
    from reports.bulletin.content import Source
    from reports.bulletin.figures import UnsupportedError, figures_of
    from reports.bulletin.wording import span

    named = span(period, kind)
    try:
        figures = figures_of(release.database, period)
    except (duckdb.BinderException, duckdb.CatalogException):
        raise UnsupportedError(
            f"发布 {release.path.name} 由旧版程序生成，缺少通报所需的表或列，请重新 jijian run"
        ) from None
    if figures is None:
        raise UnsupportedError(f"发布 {release.path.name} 不含报告期 {period}")
    source = Source(
        release=release.path.name,
        as_of=release.as_of,
        is_provisional=release.is_provisional,
        made_by=code_version(),
        forms={form: contract.title for form, contract in contracts().items()},
    )
    return figures, named, source


def _previous(release: Release, period: str) -> "Previous | None":
    """The last final release of this very period known before the one that is written from."""
    from reports.bulletin.figures import printed_before
    from reports.bulletin.revision import Previous

    found = [_read(path.parent) for path in release.path.parent.glob("[0-9]*/manifest.json")]
    earlier = [
        r for r in found if r.period == period and not r.is_provisional and r.as_of < release.as_of
    ]
    if not earlier:
        return None
    last = max(earlier, key=lambda r: r.as_of)
    figures = printed_before(last.database, period)
    return Previous(release=last.path.name, as_of=last.as_of, figures=figures)


def _release(home: Home, period: str, known: datetime | None) -> Release:
    """The newest release of the period known at that time; else the newest that contains it."""
    current = (home.releases / "current").resolve()
    found = [_read(path.parent) for path in sorted(home.releases.glob("[0-9]*/manifest.json"))]
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


def _read(folder: Path) -> Release:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return Release(
        path=folder.resolve(),
        period=manifest["period"],
        as_of=datetime.fromisoformat(manifest["as_of"]),
        is_provisional=manifest["is_provisional"],
    )
