"""Writes what lies beside the bulletin, each file by one rename."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from orchestration.progress import counted, step
from orchestration.release.releases import Release

if TYPE_CHECKING:
    from reports.bulletin.content import Source
    from reports.bulletin.figures import Figures
    from reports.bulletin.fonts import Font
    from reports.bulletin.wording import Span
    from reports.products.lists import Lists


def write_beside(
    release: Release, figures: "Figures", span: "Span", source: "Source", paths: Sequence[Path]
) -> None:
    """Write the facts of the speech, the published tables and, if it has a path, the list."""
    from reports.bulletin.products import speech_document, speech_workbook, tables_workbook
    from reports.products.supervision import supervision_workbook

    writers = (speech_document, speech_workbook, tables_workbook)
    for write, path in zip(writers, paths, strict=False):
        write(figures, span, source, _draft(path)).replace(path)
    for path in paths[len(writers) :]:
        lists = _lists(release, figures.period)
        supervision_workbook(figures, lists, span, source, _draft(path)).replace(path)


def write_page(
    figures: "Figures", span: "Span", source: "Source", path: Path, font: "Font"
) -> None:
    """Write the leader's page."""
    from reports.products.one_page import write_one_page

    write_one_page(figures, span, source, _draft(path), font).replace(path)


def write_notices(
    release: Release,
    figures: "Figures",
    span: "Span",
    source: "Source",
    folder: Path,
    units: Sequence[str] = (),
) -> int:
    """Write the notices of those units, of none named all, with progress; how many.

    Raises:
        UnsupportedError: one of the units owes no return in the period.
    """
    from reports.bulletin.figures import UnsupportedError
    from reports.products.notice import Notice, notices
    from reports.products.notice_files import write_notice

    found = notices(figures, _lists(release, figures.period))
    unknown = sorted(set(units) - {n.unit["unit_code"] for n in found})
    if unknown:
        raise UnsupportedError(f"{figures.period} 没有应报报表的单位 {'、'.join(unknown)}")
    chosen = [n for n in found if not units or n.unit["unit_code"] in units]
    folder.mkdir(parents=True, exist_ok=True)
    with step(f"写提示函（{len(chosen)} 个单位）"):
        for notice in counted(chosen, (Notice,), len(chosen), "个单位"):
            name = f"提示函_{notice.unit['unit_code']}_{figures.period}"
            for path in write_notice(notice, figures, span, source, folder / f".{name}"):
                path.replace(folder / path.name.removeprefix("."))
    return len(chosen)


def _lists(release: Release, period: str) -> "Lists":
    from reports.bulletin.figures import UnsupportedError
    from reports.products.lists import lists_of

    if period != release.period:
        # The lists of matters are kept for a release's own period only.
        raise UnsupportedError(f"发布 {release.id} 的督办清单和提示函只有 {release.period} 一期")
    try:
        return lists_of(release.database, period)
    except (duckdb.BinderException, duckdb.CatalogException):
        raise UnsupportedError(
            f"发布 {release.id} 由旧版程序生成，缺少督办清单所需的表，请重新 jijian run"
        ) from None


def _draft(path: Path) -> Path:
    return path.with_name(f".{path.name}")
