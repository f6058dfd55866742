"""What one file says, as read: the result that the rest of intake works on."""

from dataclasses import dataclass, replace

import pyarrow as pa

from expectations.finding import Finding


@dataclass(frozen=True, kw_only=True)
class FormSheet:
    """One form as read from one file.

    Attributes:
        form: form id.
        sheet: name of the sheet in the unit's file (of a CSV the title of the form).
        nil: a 零报告.
        columns: column name to column letter, of the columns found.
        header_row: row of the labels, 0 where there is none.
        table: the contract's columns, `row_no`, and `_marked`: names of the cells with G02.
        findings: objections to this form.
    """

    form: str
    sheet: str
    nil: bool
    columns: dict[str, str]
    header_row: int
    table: pa.Table
    findings: tuple[Finding, ...]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the unit says to one warning.

    Attributes:
        number: of the warning, as the receipt gave it.
        code: of the reason (`expectations.answers`).
        note: its own words, at most 60 characters; may be empty.
        sheet, row, cell: where its number stands.
    """

    number: str
    code: str
    note: str
    sheet: str
    row: int
    cell: str


@dataclass(frozen=True, kw_only=True)
class Submission:
    """One file handed in; `findings` are those about the whole file.

    `is_scanned`: every sheet was looked through for what may not be handed in. `cover` are the
    lines 项目, 内容, 行数 of a CSV's cover; `answers` those of its 回执.
    """

    path: str
    sha256: str
    size: int
    kind: str
    unit_code: str | None = None
    period: str | None = None
    reason: str | None = None
    forms: tuple[FormSheet, ...] = ()
    findings: tuple[Finding, ...] = ()
    is_scanned: bool = False
    cover: tuple[tuple[str, str, str], ...] = ()
    answers: tuple[Answer, ...] = ()


# What was expected where a finding about the file or a sheet does not say it itself (§1.1-1.3).
EXPECTED = {
    "P01": "能打开的 .xlsx 报表册（或 CSV），封面填写完整，单位和报告期有效且报告期已结束",
    "P02": "每张报表只有一张工作表",
    "P03": "封面列为有数据的报表都有工作表",
    "P04": "有数据的工作表都列在封面报表清单中",
    "P05": "只报送本单位应报的报表",
    "P06": "前十行中有一行是模板的栏目名称",
    "P07": "每个栏目只出现一次",
    "P08": "模板中带 * 的栏目齐全",
    "P09": "封面行数与工作表的数据行数相同",
    "P10": "有数据的报表至少有一行数据；没有数据的报零报告",
    "P11": "零报告的工作表没有数据行",
    "P12": "使用现行版本的模板",
    "P13": "报表册中只有封面和本单位应报的报表",
    "P14": "模板中的栏目齐全",
    "P15": "只有模板中的栏目",
    "P16": "没有隐藏或筛选掉的行",
    "P17": "没有合计行，合计由系统计算",
    "P18": "数据区以下没有脚注",
    "P19": "没有合并单元格，每格单独填写",
    "P20": "CSV 连同封面 cover__<单位代码>__<报告期>.csv 一起报送",
    "P25": "填写单位在报告期末的名称",
    "P26": "填报人与审核人是两个人",
    "P27": "文件名中的单位和报告期与封面相同",
    "P28": "说明和补充说明按回执的要求填写",
    "G12": "没有个人信息或案情栏目",
    "G13": "没有姓名、身份证号、手机号等个人信息",
    "G14": "没有内容的格留空",
}


def explained(finding: Finding) -> Finding:
    """The finding with what was expected, and how to mend it where nothing needs mending."""
    expected = finding.expected or EXPECTED.get(finding.rule, "")
    return replace(finding, expected=expected, fix=finding.fix or "无需处理")


class RefusedError(Exception):
    """The file cannot be read; carries the finding that says why."""

    def __init__(self, message: str, fix: str, rule: str = "P01") -> None:
        super().__init__(message)
        self.finding = file_error(message, fix, rule)


def file_error(
    message: str, fix: str, rule: str = "P01", sheet: str | None = None, *, unkept: bool = False
) -> Finding:
    """An error that returns the whole file; `unkept` where its original is not kept either."""
    return Finding(
        rule=rule,
        severity="error",
        message=message,
        fix=fix,
        sheet=sheet,
        refuses_file=True,
        unkept=unkept,
    )
