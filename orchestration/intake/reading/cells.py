"""Accepted spellings: one cell of the unit's file to one value (returns §1.4)."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from expectations import registry
from expectations.contract import Column
from orchestration.intake.reading.grid import is_blank, nfkc, text_of

DASHES = frozenset({"—", "-", "--", "/", "无", "不适用"})
EXPECTED = {
    "date": "日期,如 2023-07-01",
    "int": "整数,如 12",
    "decimal": "数字,单位万元,最多两位小数",
    "bool": "是 或 否",
    "id": "编号(文本格式)",
}
LOST = "编号精度已丢失"
UNREADABLE = "无法识别为所要求的类型"
FAULTY = "公式没有结果或为错误值"
ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"}
)  # as text: pasted, or out of a CSV

_YMD = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", re.ASCII)
_CHINESE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_MIDNIGHT = re.compile(r"[ T]+0?0:00(:00(\.0+)?)?$")
_DIGITS = r"(?:\d+|\d{1,3}(?:,\d{3})+)"
_INT = re.compile(rf"([+-]?{_DIGITS})(?:\.0+)?", re.ASCII)
_DECIMAL = re.compile(rf"[+-]?{_DIGITS}(?:\.\d+)?", re.ASCII)
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[Ee]\+?\d+", re.ASCII)


class UnreadableError(ValueError):
    """G02: the text says why, never what stood there."""


def _date(value: Any) -> date:
    if isinstance(value, datetime):
        if value.time() != value.time().min:
            raise UnreadableError("日期带有时间")
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise UnreadableError(UNREADABLE)
    text = _MIDNIGHT.sub("", text_of(value))
    if match := _YMD.fullmatch(text):
        parts: tuple[str, ...] = match[1], match[3], match[4]
    elif match := _CHINESE.fullmatch(text) or _COMPACT.fullmatch(text):
        parts = match.groups()
    else:
        raise UnreadableError(UNREADABLE)
    try:
        return date(*map(int, parts))
    except ValueError:
        raise UnreadableError("没有这一天") from None


def plain_date(value: Any) -> date | None:
    """The date a text spells with separators, None for anything else."""
    text = text_of(value)
    if not (_YMD.match(text) or _CHINESE.match(text)):
        return None
    try:
        return _date(text)
    except UnreadableError:
        return None


def _int(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise UnreadableError(UNREADABLE)
    match = _INT.fullmatch(text_of(value))
    if not match or abs(number := int(match[1].replace(",", ""))) >= 2**53:
        raise UnreadableError(UNREADABLE)
    return number


def _decimal(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise UnreadableError(UNREADABLE)
    if isinstance(value, str):
        text = text_of(value)
        if not _DECIMAL.fullmatch(text):
            raise UnreadableError(UNREADABLE)
        value = float(text.replace(",", ""))
    if not abs(value) < 1e13:
        raise UnreadableError(UNREADABLE)
    if abs(value - round(value, 2)) >= 1e-6:
        raise UnreadableError("小数超过两位")
    return round(float(value), 2)


def _bool(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    text = text_of(value) if isinstance(value, str) else ""
    if text not in ("是", "否"):
        raise UnreadableError(UNREADABLE)
    return text == "是"


def _id(value: Any) -> str:
    if isinstance(value, str):
        text = text_of(value).upper()
        if _SCIENTIFIC.fullmatch(text) and "E" in text:
            raise UnreadableError(LOST)
        return text
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise UnreadableError(UNREADABLE)
    if not abs(value) < 1e15:
        raise UnreadableError(LOST)
    if value != int(value):
        raise UnreadableError(UNREADABLE)
    return str(int(value))


def _text(value: Any) -> str:
    return re.sub(r"\s*[\r\n]+\s*", " ", text_of(value))


@cache
def spellings(code_list: str) -> dict[str, str]:
    """Every accepted spelling of a list (folded) to its code; codes win over labels."""
    found: dict[str, str] = {}
    if code_list == "unit":
        for unit in registry.units():
            for name in (unit.short_name, unit.name):
                found.setdefault(_folded(name), unit.unit_code)
        return found | {u.unit_code.casefold(): u.unit_code for u in registry.units()}
    codes = registry.codes(code_list)
    for code in codes:
        if code.is_leaf:
            found.setdefault(_folded(code.label), code.code)
    return found | {c.code.casefold(): c.code for c in codes}


def _also(column: Column) -> dict[str, str]:
    """The spellings of the codes that this column alone accepts besides its list's."""
    return {_folded(text): code for code, label in column.also.items() for text in (code, label)}


def _folded(text: str) -> str:
    return nfkc(text).strip().casefold()


def _code(known: dict[str, str]) -> Callable[[Any], str]:
    def convert(value: Any) -> str:
        text = text_of(value)
        return known.get(text.casefold(), text)

    return convert


READERS: dict[str, Callable[[Any], Any]] = {
    "date": _date,
    "int": _int,
    "decimal": _decimal,
    "bool": _bool,
    "id": _id,
    "text": _text,
}


class ColumnReader(dict[Any, tuple[Any, str]]):
    """Reads the cells of one column, each spelling once.

    A result is (value, note): note '' for a plain value, 'G14' for a dash read as blank, else
    the reason of G02. Look up with `cells(values)`.
    """

    def __init__(self, column: Column, from_csv: bool = False) -> None:
        super().__init__()
        self._column = column
        self._from_csv = from_csv and column.type == "bool"
        code_list = column.code_list
        self._codes = spellings(code_list) | _also(column) if code_list else {}
        self._read = _code(self._codes) if code_list else READERS[column.type]

    def cells(self, values: Sequence[Any]) -> list[tuple[Any, str]]:
        """Value and note of each cell."""
        return [self[v if v.__class__ is str else (v.__class__, v)] for v in values]

    def __missing__(self, key: Any) -> tuple[Any, str]:
        value = key if key.__class__ is str else key[1]
        self[key] = result = self._result(value)
        return result

    def _result(self, value: Any) -> tuple[Any, str]:
        if is_blank(value):
            return None, ""
        if isinstance(value, str):
            text = text_of(value)
            if text in ERRORS:
                return None, FAULTY
            if text in DASHES and text not in self._codes:
                return None, "" if self._column.required else "G14"
            if self._from_csv and text.upper() in ("TRUE", "FALSE"):
                return text.upper() == "TRUE", ""
        try:
            return self._read(value), ""
        except UnreadableError as error:
            return None, str(error)
