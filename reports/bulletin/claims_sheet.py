"""The summary of the bulletin as a sheet: each claim with the figures that it is made from."""

from reports.bulletin.figures import Figures
from reports.bulletin.sections import SUMMARY, summary
from reports.bulletin.wording import Span
from reports.bulletin.workbook import Column, Sheet


def claims_sheet(f: Figures, span: Span) -> Sheet:
    """The sheet of 总体情况; raises UnsupportedError."""
    return Sheet(
        name=SUMMARY,
        title=SUMMARY,
        note="与通报“总体情况”一字不差；各句所用数字的编号附后，编号为“指标@单位/分项”。",
        columns=(
            Column(label="句子", width=20),
            Column(label="内容", width=90),
            Column(label="所用数字", width=60),
        ),
        rows=tuple(
            (said.claim, said.text, "\n".join(f"{x.id} {x.text}" for x in said.figures))
            for said in summary(f, span)
        ),
    )
