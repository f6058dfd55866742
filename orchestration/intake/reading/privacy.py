"""Privacy at the door: forbidden labels and values (returns §1.2.9). Values are never quoted."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from expectations.finding import Finding
from orchestration.intake.reading.grid import Grid, is_blank, letter, nfkc, text_of

_LABEL = re.compile(
    "姓名|被反映人|被审查人|被调查人|反映人|举报人|检举人|涉案人|当事人|证人|身份证|公民身份|证件号"
    "|手机|电话|联系方式|地址|住址|籍贯|民族|出生|工作单位|举报内容|主要问题|问题摘要|案情|笔录|谈话内容"
)
_VALUE = re.compile(r"(?<![0-9])[0-9]{17}[0-9Xx](?![0-9])|(?<![0-9])1[3-9][0-9]{9}(?![0-9])")
# In a free note: words for the persons of a matter, a person's number, a surname before a title.
_SURNAME = (
    "[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕"
    "蒋蔡贾丁魏薛叶余潘杜戴]"
)
_NAMED = re.compile(
    "姓名|被反映人|被审查人|被调查人|反映人|举报人|检举人|涉案人|当事人|证人|身份证|证件号|案情|笔录"
    f"|RY[0-9]{{8}}|{_SURNAME}某|{_SURNAME}[\u4e00-\u9fff]{{1,2}}(?:同志|先生|女士)"
    f"|{_SURNAME}(?:书记|镇长|主任|局长|科长|所长|院长|校长|委员|同志)"
    f"|(?:人员|[办核填]人)[:为是]?{_SURNAME}[\u4e00-\u9fff]{{1,2}}",
    re.IGNORECASE,
)
_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


def is_forbidden_label(text: str) -> bool:
    """Whether the text holds a word that no label may hold."""
    return _LABEL.search(re.sub(r"\s+", "", nfkc(text))) is not None


def is_forbidden_value(text: str) -> bool:
    """Whether the text looks like an identity or telephone number."""
    return _VALUE.search(nfkc(text)) is not None


def masked(text: str) -> str:
    """The text without what looks like an identity or telephone number, to be shown to anybody."""
    return _VALUE.sub("（略）", nfkc(text)) if is_forbidden_value(text) else text


def forbidden_names(grids: Iterable[Grid]) -> Iterator[Finding]:
    """G12 or G13 for every sheet whose own name may not be; from here on it is called by place."""
    for number, grid in enumerate(grids, start=1):
        is_value = is_forbidden_value(grid.name)
        if is_value or is_forbidden_label(grid.name):
            grid.name = f"第{number}张工作表"
            what = "疑似身份证号或手机号" if is_value else "是禁止收集的个人信息或案情栏目"
            yield Finding(
                rule="G13" if is_value else "G12",
                severity="error",
                message=f"{grid.name}的名称{what}",
                fix="请更改工作表名称后重新报送",
                sheet=grid.name,
                refuses_file=True,
                unkept=True,
            )


def _finding(rule: str, grid: Grid, row: int, column: int, message: str, fix: str) -> Finding:
    cell = f"{letter(column)}{row}"
    return Finding(
        rule=rule,
        severity="error",
        message=f"工作表“{grid.name}”{cell}:{message}"
        if not grid.from_csv
        else f"{cell}:{message}",
        fix=fix,
        sheet=grid.name,
        row=row,
        cell=cell,
        cells=(cell,),
        refuses_file=True,
        unkept=True,
    )


def forbidden_labels(
    grid: Grid, rows: Iterable[int], but: frozenset[str] = frozenset()
) -> Iterator[Finding]:
    """G12 for every cell of the given rows whose text holds a forbidden word.

    `but` are whole texts that are no labels (codes lists hold some of the words).
    """
    for number in rows:
        for column, value in enumerate(grid.rows[number - 1], 1):
            if isinstance(value, str) and value not in but and is_forbidden_label(value):
                yield _finding(
                    "G12",
                    grid,
                    number,
                    column,
                    "禁止收集的个人信息或案情栏目",
                    "请删除该列(连同内容)后重新报送",
                )


def forbidden_values(grid: Grid, ids: dict[int, re.Pattern[str]]) -> Iterator[Finding]:
    """G13 for every cell and comment that looks like an identity or telephone number.

    `ids` are the id columns (from 1) with their own patterns, which are tried first.
    """
    if _suspicious(grid.rows):
        for number, row in enumerate(grid.rows, 1):
            for column, value in enumerate(row, 1):
                if _is_text(value) and _VALUE.search(text := text_of(value)):
                    own = ids.get(column)
                    if not (own and own.fullmatch(text.upper())):
                        yield _value(grid, number, column)
    for number, column, text in grid.comments:
        if is_forbidden_value(text):
            yield _value(grid, number, column)


def chinese_person_numbers(grid: Grid, column: int, rows: Iterable[int]) -> Iterator[Finding]:
    """G13 for every person number with a Chinese character, most likely a name."""
    for number in rows:
        row = grid.rows[number - 1]
        value = row[column - 1] if column <= len(row) else None
        if isinstance(value, str) and not is_blank(value) and _CHINESE.search(value):
            yield _finding(
                "G13",
                grid,
                number,
                column,
                "人员编码中出现汉字,疑似姓名",
                "请改填人员编码后重新报送",
            )


def forbidden_notes(grid: Grid, places: Iterable[tuple[int, int]]) -> Iterator[Finding]:
    """G13 for every free note at `places` (row, column) that speaks of a person."""
    for number, column in places:
        text = text_of(grid.rows[number - 1][column - 1])
        if _NAMED.search("".join(text.split())):
            message = "说明中疑似有姓名、人员编码或案情"
            yield _finding("G13", grid, number, column, message, "请删除该内容，只写数据的情况")


def _is_text(value: Any) -> bool:
    return isinstance(value, str) or (
        isinstance(value, (int, float)) and not isinstance(value, bool) and value == value // 1
    )


def _suspicious(rows: Iterable[Iterable[Any]]) -> bool:
    values = set(chain.from_iterable(rows))  # most are said many times
    texts = [v for v in values if v.__class__ is str and len(v) >= 11]
    if texts and _VALUE.search(nfkc("\n".join(texts))):
        return True
    return any(v.__class__ in (float, int) and v >= 1e10 and _is_text(v) for v in values)


def _value(grid: Grid, row: int, column: int) -> Finding:
    return _finding("G13", grid, row, column, "疑似身份证号或手机号", "请删除该内容后重新报送")
