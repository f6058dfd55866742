"""The sheets of 讲话数据素材: one for each section of the speech, every figure a row."""

from itertools import groupby

from reports.bulletin.content import Source
from reports.bulletin.figures import Figures
from reports.bulletin.speech_lines import Line, lines
from reports.bulletin.workbook import Column, Noted, Sheet, Value

COLUMNS = (
    Column(label="事项", width=36),
    Column(label="单位", width=14),
    Column(label="本期", width=16, is_figure=True),
    Column(label="计量单位", width=9),
    Column(label="统计窗口", width=13),
    Column(label="去年同期", width=12, is_figure=True),
    Column(label="比较", width=34),
    Column(label="来源报表", width=28),
    Column(label="未报单位", width=24),
    Column(label="数字编号", width=44),
    Column(label="数值", width=12, is_figure=True),
)
NOTE = (
    "“0”是实有的零，“未报”是应报而未报，“不适用”是没有可计算的对象，“—”是分母过小不列比率或没有"
    "去年同期数；带*的单位本期未报，为其此前各期已报数。数值列供计算：比率为小数，金额为万元。"
)


def speech_sheets(f: Figures, source: Source) -> list[Sheet]:
    """A sheet for each section, in the order of the speech.

    Raises:
        UnsupportedError: the release does not hold a figure that it lists.
    """
    found = []
    for section, own in groupby(lines(f, source), lambda line: line.section):
        rows = list(own)
        found.append(
            Sheet(
                name=section.split("　")[0],
                title=section,
                note=NOTE,
                columns=COLUMNS,
                rows=tuple(_row(line) for line in rows),
                measures=tuple(line.figure.unit_of_measure for line in rows),
            )
        )
    return found


def _row(line: Line) -> tuple[Value, ...]:
    return (
        line.name,
        line.unit or "全区",
        Noted(line.text, line.number_id),
        line.measure,
        line.window,
        line.last_year,
        line.change or "—",
        line.forms,
        line.missing or "无",
        line.number_id,
        Noted(line.figure.value, line.number_id) if line.figure.is_number else None,
    )
