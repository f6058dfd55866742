"""How units type what they state: as the template asks for it, or as some do."""

from datetime import date, datetime, time
from functools import cache
from random import Random
from typing import Any

from expectations import registry
from expectations.contract import Column

WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def typed(column: Column, value: Any) -> Any:
    """The value as the template asks for it: labels, 是 and 否, real dates and numbers."""
    if value is None:
        return None
    if column.code_list:
        return (_labels(column.code_list) | column.also).get(value, value)
    if column.type == "bool":
        return "是" if value else "否"
    if column.type == "date":
        return datetime.combine(value, time())
    return value


def mixed(rng: Random, column: Column, value: Any) -> Any:
    """The value in one of the spellings that are accepted (returns §1.4)."""
    if value is None:
        return None
    if column.code_list:
        return rng.choice([value, typed(column, value), f" {typed(column, value)}\u3000"])
    if column.type == "bool":
        return rng.choice([typed(column, value), bool(value)])
    if column.type == "date":
        return rng.choice(_dates(value))
    if column.type in ("int", "decimal"):
        return rng.choice([value, f"{value:,}", str(value).translate(WIDE)])
    if column.type == "id":
        return rng.choice([value, value.lower(), f"{value} "])
    return value


def _dates(day: date) -> list[Any]:
    year, month, number = day.year, day.month, day.day
    return [
        datetime.combine(day, time()),
        day.isoformat(),
        f"{year}-{month}-{number}",
        f"{year}/{month}/{number}",
        f"{year}.{month}.{number}",
        f"{year}年{month}月{number}日",
        f"{day:%Y%m%d}",
        int(f"{day:%Y%m%d}"),
    ]


@cache
def _labels(code_list: str) -> dict[str, str]:
    if code_list == "unit":
        return {u.unit_code: u.name for u in registry.units()}
    return {c.code: c.label for c in registry.codes(code_list)}
