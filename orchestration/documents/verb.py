"""The verb `report`: the written products of a period, from a release and into it.

The bulletin (docx, PDF), and beside it the facts of the speech (docx, xlsx), the published
tables and the supervision list (xlsx) and the leader's page (PDF); on request the units' notices.
"""

import logging
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import click
import duckdb

from expectations.contract import contracts
from expectations.registry import calendar
from orchestration.documents.products import write_beside, write_notices, write_page
from orchestration.progress import shown, step
from orchestration.release.inputs import known_at
from orchestration.release.releases import Release, read_release, release_of
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
BESIDE = (
    ("讲话数据素材", ".docx"),
    ("讲话数据素材", ".xlsx"),
    ("统计表", ".xlsx"),
)
# Of the release's own period only: of earlier ones it holds no lists of matters.
LISTED = ("督办清单", ".xlsx")
# Properties of a docx that say what it was made by, and from.
CODE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}version"
RELEASE = "{http://purl.org/dc/elements/1.1/}identifier"
NO_FONT = (
    "没有找到中文字体：未写 PDF，Word 文件不含图。"
    "请在 reports 中运行 npm ci，或安装任一中文字体后加 --force 重写"
)


@click.command(
    "report",
    help=(
        "从发布写出情况通报（docx、PDF）、领导一页纸（PDF）、讲话数据素材（docx、xlsx）、"
        "统计表和督办清单（xlsx）；加 --notices 另写全部单位的提示函（docx、xlsx）。"
    ),
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
@click.option(
    "--notices", is_flag=True, help="另写各单位提示函，一单位一份，放在 提示函_<报告期>/ 下"
)
@click.option("--unit", "units", multiple=True, help="只写该单位的提示函，可重复，如 TWN03")
@click.option("--force", is_flag=True, help="已由同一程序版本写出时也重写")
@click.pass_obj
def report_command(
    home: Home,
    period: str,
    kind: str,
    as_of: str | None,
    out: Path | None,
    notices: bool,
    units: tuple[str, ...],
    force: bool,
) -> None:
    """Write the bulletin of a period; skip what this very code has written already."""
    if period not in calendar():
        raise click.UsageError(f"报告期 {period} 不在日历中，应写作 2023-07")
    release = release_of(home, period, known_at(as_of) if as_of else None)
    from reports.bulletin.fonts import chinese_font

    folder = out or release.path / "reports"
    with shown(logging.StreamHandler(sys.stdout)):
        told = write_bulletin(release, period, kind, folder, chinese_font(), force=force)
        if notices or units:
            told += _notices(release, period, kind, folder, units)
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
    products = [*BESIDE, *([LISTED] if release.period == period else [])]
    beside = [folder / f"{name}_{period}{suffix}{kind_of}" for name, kind_of in products]
    page = folder / f"领导一页纸_{period}{suffix}.pdf"
    set_in_type = [] if font is None else [docx.with_suffix(".pdf"), page]
    made = [docx, *set_in_type, *beside]
    if not force and all(p.is_file() for p in made) and _stamp(docx) == stamp:
        return [f"通报已写出，未重写：{'、'.join(str(p) for p in made)}"]
    try:
        with step(f"写通报 {period}（{release.path.name}）"):
            with step("读取数字，成文"):
                figures, span, source = _read_figures(release, period, kind)
                content = bulletin(figures, span, source, _previous(release, period))
            folder.mkdir(parents=True, exist_ok=True)
            with step("写讲话数据素材、统计表和督办清单"):
                write_beside(release, figures, span, source, beside)
            if font is not None:
                with step("写领导一页纸"):
                    write_page(figures, span, source, page, font)
            else:
                page.unlink(missing_ok=True)
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


def _notices(
    release: Release, period: str, kind: str, folder: Path, units: tuple[str, ...]
) -> list[str]:
    from reports.bulletin.figures import UnsupportedError
    from reports.bulletin.wording import KIND_NAMES

    suffix = "" if kind == "month" else f"_{KIND_NAMES[kind]}"
    place = folder / f"提示函_{period}{suffix}"
    try:
        count = write_notices(release, *_read_figures(release, period, kind), place, units)
    except UnsupportedError as error:
        raise click.UsageError(f"未写提示函：{error}") from None
    return [f"{place}：{count} 个单位的提示函（docx、xlsx）"]


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

    found = [read_release(path.parent) for path in release.path.parent.glob("[0-9]*/manifest.json")]
    earlier = [
        r for r in found if r.period == period and not r.is_provisional and r.as_of < release.as_of
    ]
    if not earlier:
        return None
    last = max(earlier, key=lambda r: r.as_of)
    figures = printed_before(last.database, period)
    return Previous(release=last.path.name, as_of=last.as_of, figures=figures)
