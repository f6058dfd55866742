"""讲话数据素材: every figure that the speech states or complains about, in its order.

Which figures, and what each is called, is in `speech_lines`. The sentences of a speech are for its
writers: here stand facts only.
"""

from collections.abc import Iterator
from itertools import groupby

from reports.bulletin.annexes import notes, open_errors
from reports.bulletin.content import Block, Bulletin, Section, Source, Table
from reports.bulletin.figures import MISSING, SMALL, Figures
from reports.bulletin.speech_lines import Line, lines
from reports.bulletin.wording import Paragraph, Span, day, each

HEADER = ("事项", "本期", "去年同期", "比较", "窗口、来源、未报单位、数字编号")
WIDTHS = (36, 22, 18, 32, 48)


def material(f: Figures, span: Span, source: Source) -> Bulletin:
    """The document of the material: a table for each section of the speech.

    Raises:
        UnsupportedError: the release does not hold a figure that it lists.
    """
    mark = "　初步数" if source.is_provisional else ""
    origin = f"数据来自截至{day(source.as_of)}收到的报表，发布编号{source.release}"
    sections = [
        Section(heading=heading, blocks=tuple(_blocks(list(own))))
        for heading, own in groupby(lines(f, source), lambda line: line.section)
    ]
    errors = [Section(heading="未解决的错误", blocks=(open_errors(f),))]
    open_ones = errors if source.is_provisional and f.lists["findings_open"] else []
    return Bulletin(
        title=(f"{span.title}", "讲话数据素材"),
        number="",
        cut_off=f"（数据截止日期：{day(f.ends_on)}{mark}）",
        sections=(
            *sections,
            Section(heading="有关说明", blocks=tuple(notes(f, origin, "素材"))),
            *open_ones,
        ),
        source=source,
    )


def _blocks(own: list[Line]) -> Iterator[Block]:
    """A table of the district's and groups' figures; under it what units have of their own."""
    rows = [line for line in own if not line.is_unit]
    if rows:
        yield Table(
            caption="",
            header=HEADER,
            rows=tuple(_cells(line) for line in rows),
            widths=WIDTHS,
            small_from=len(HEADER) - 1,
        )
    units = [line for line in own if line.is_unit]
    for name, listed in groupby(units, lambda line: line.name):
        yield from _by_unit(name, list(listed))


def _cells(line: Line) -> tuple[str, ...]:
    remarks = [f"{line.window}；{line.forms}"]
    if line.missing:
        remarks.append(f"{MISSING}：{line.missing}")
    remarks.append(line.number_id)
    named = f"{line.unit}：{line.name}" if line.unit else line.name
    return named, line.text, line.last_year, line.change or SMALL, "\n".join(remarks)


def _by_unit(name: str, listed: list[Line]) -> Iterator[Block]:
    """All units of one figure, the highest first; those that tie in one clause, with 各."""
    first = listed[0]
    ordered = sorted(listed, key=lambda x: x.figure.value or 0, reverse=not first.is_rank)
    clauses = []
    for text, tied in groupby(ordered, lambda line: line.text):
        units = "、".join(line.unit for line in tied)
        joint = "" if first.is_rank else each(units) if text[0].isdigit() else "："
        clauses.append(f"{units}{joint}{text}")
    yield Paragraph(text=f"{name}：{'；'.join(clauses)}。")
    number_id = first.number_id.replace(f"@{first.figure.unit_code}", "@单位代码")
    yield Paragraph(text=f"注：{first.window}；{first.forms}；{number_id}")
