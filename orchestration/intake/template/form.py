"""The sheet of one form in the template: labels, dropdowns, limits, and what is known already."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from expectations.contract import Column, Contract
from expectations.registry import Period, Unit, codes, units
from orchestration.intake.owed import owed_items
from orchestration.intake.reading.cells import spellings
from orchestration.intake.reading.grid import nfkc
from orchestration.intake.template.carry import Carried
from orchestration.intake.template.self_check import LAST_ROW
from orchestration.intake.template.style import printed

FIRST = 3  # zero-based: data from row 4
EARLIEST = date(1980, 1, 1)  # G07
LATEST = date(2099, 12, 31)
PAGE = 170  # characters that stay legible across a page
WIDTHS = {"date": 12, "bool": 10, "int": 10, "decimal": 12, "id": 15, "text": 30}
WIDE = {"item_code": 44, "title": 40}  # labels of tally items, titles of tasks


class Lists:
    """Dropdown lists, kept right of the keys of `_meta`, since no other sheet may be added."""

    def __init__(self, sheet: Any) -> None:
        self._sheet = sheet
        self._known: dict[tuple[str, ...], str] = {}

    def source(self, labels: list[str]) -> str:
        """The range that holds these labels."""
        key = tuple(labels)
        if key not in self._known:
            column = 3 + len(self._known)
            for row, label in enumerate(labels):
                self._sheet.write_string(row, column, label)
            name = xl_col_to_name(column)
            self._known[key] = f"=_meta!${name}$1:${name}${len(labels)}"
        return self._known[key]


def write_form(
    sheet: Any,
    contract: Contract,
    unit: Unit,
    period: Period,
    formats: Mapping[str, Any],
    lists: Lists,
    last: Carried | None,
) -> None:
    """Write the sheet, with the rows carried or the tally items that the unit owes."""
    columns = contract.columns
    month = f"{period.ends_on.year}年{period.ends_on.month}月"
    sheet.merge_range(0, 0, 0, max(len(columns) - 1, 1), contract.title, formats["title"])
    sheet.set_row(0, 26)
    note = f"填报单位：{unit.name}　报告期：{month}　计量单位：件、人、万元"
    sheet.write_string(1, 0, note, formats["note"])
    sheet.set_row(2, 34)
    for index, column in enumerate(columns):
        label = column.label + ("*" if column.required else "")
        sheet.set_column(index, index, _width(column), _format(column, formats))
        sheet.write_string(2, index, label, formats["required" if column.required else "head"])
        if rule := _rule(column, unit, period, lists):
            sheet.data_validation(FIRST, index, LAST_ROW - 1, index, rule)
    _wanting(sheet, contract, formats)
    if contract.form == "activities":
        for row, item in enumerate(owed_items(unit), start=FIRST):
            sheet.write_string(row, 0, item.label, formats["text"])
    if last:
        _carry(sheet, contract, last, period.ends_on, formats)
    sheet.freeze_panes(FIRST, 1)
    sheet.ignore_errors({"number_stored_as_text": f"A{FIRST + 1}:XFD{LAST_ROW}"})
    sheet.repeat_rows(0, 2)
    sheet.repeat_columns(0)
    sheet.hide_gridlines(0)  # they are printed too
    printed(sheet, unit.name, -(-sum(_width(c) for c in columns) // PAGE))


def _width(column: Column) -> int:
    kind = WIDTHS.get(column.type, 16)
    return max(WIDE.get(column.name, kind), min(len(column.label) + 3, 18))


def _wanting(sheet: Any, contract: Contract, formats: Mapping[str, Any]) -> None:
    """Show the required cells still blank in every row begun."""
    last = xl_col_to_name(len(contract.columns) - 1)
    begun = f"COUNTA($A{FIRST + 1}:${last}{FIRST + 1})>0"
    for index, column in enumerate(contract.columns):
        if column.required:
            test = f"=AND(LEN({xl_col_to_name(index)}{FIRST + 1})=0,{begun})"
            rule = {"type": "formula", "criteria": test, "format": formats["wanting"]}
            sheet.conditional_format(FIRST, index, LAST_ROW - 1, index, rule)


def _rule(column: Column, unit: Unit, period: Period, lists: Lists) -> dict[str, Any] | None:
    """What may be chosen or typed; a program asks before it takes anything else."""
    base = {"error_type": "warning", "error_title": f"{column.label[:20]}：请核对"}
    if labels := _labels(column, unit, period.ends_on):
        text = "不在下拉清单内。请从清单中选择。"
        return base | {"validate": "list", "source": lists.source(labels), "error_message": text}
    if column.type == "date":
        latest = LATEST if column.plan else period.ends_on
        text = f"请填日期，如 {period.ends_on}，不早于 {EARLIEST}，不晚于 {latest}。"
        limits: dict[str, Any] = {"minimum": EARLIEST, "maximum": latest}
        return base | {"validate": "date", "criteria": "between", "error_message": text} | limits
    if column.type in ("int", "decimal"):
        low = column.min if column.min is not None else column.above
        high = column.max if column.max is not None else 10**9
        limits = {"minimum": low if low is not None else -(10**9), "maximum": high}
        what = "整数" if column.type == "int" else "数字（单位万元，最多两位小数）"
        about = "" if low is None else f"，不小于 {low:g}"
        text = f"请填{what}{about}" + (f"，不大于 {high:g}。" if column.max is not None else "。")
        kind = "integer" if column.type == "int" else "decimal"
        return base | {"validate": kind, "criteria": "between", "error_message": text} | limits
    return None


def _carry(
    sheet: Any, contract: Contract, last: Carried, on: date, formats: Mapping[str, Any]
) -> None:
    for row, values in enumerate(last.rows.select(contract.names).to_pylist(), start=FIRST):
        for index, column in enumerate(contract.columns):
            value = values[column.name]
            if value is None:
                continue
            if isinstance(value, date):
                sheet.write_datetime(row, index, value, formats["date"])
            elif isinstance(value, bool) or column.code_list:
                sheet.write_string(row, index, _spelled(column, value, on), formats["text"])
            else:
                sheet.write(row, index, value, _format(column, formats))


def _spelled(column: Column, value: Any, on: date) -> str:
    """The entry of the dropdown that is read back as this value; else the code itself."""
    if isinstance(value, bool):
        return "是" if value else "否"
    code_list = column.code_list or ""
    valid = ((c.code, c.label) for c in codes(code_list) if c.valid_from <= on <= c.valid_to)
    if code_list == "unit":
        valid = ((u.unit_code, u.name) for u in units() if u.valid_from <= on <= u.valid_to)
    labels = [label for code, label in valid if code == value]
    known = spellings(code_list)
    return next((x for x in labels if known.get(nfkc(x).strip().casefold()) == value), str(value))


def _format(column: Column, formats: Mapping[str, Any]) -> Any:
    if column.type == "date":
        return formats["date"]
    return None if column.type in ("int", "decimal", "bool") else formats["text"]


def _labels(column: Column, unit: Unit, on: date) -> list[str]:
    if column.type == "bool":
        return ["是", "否"]
    if column.code_list == "unit":
        valid_units = [u.name for u in units() if u.valid_from <= on <= u.valid_to]
        return [*column.also.values(), *valid_units]
    if column.code_list == "activity_item":
        return [i.label for i in owed_items(unit)]
    valid = codes(column.code_list) if column.code_list else ()
    return [c.label for c in valid if c.is_leaf and c.valid_from <= on <= c.valid_to]
