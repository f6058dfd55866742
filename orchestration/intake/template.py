"""The workbook of one unit and period to fill, written from the contracts (returns §1.1)."""

from collections.abc import Mapping
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import pyarrow as pa
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from expectations.contract import CONTRACT_VERSION, Column, Contract
from expectations.registry import Period, Unit, codes, units
from orchestration.intake.cells import spellings
from orchestration.intake.grid import nfkc
from orchestration.intake.owed import owed_forms, owed_items

LAST_ROW = 2000  # dropdowns and formats reach so far
FIRST_ROW = 3  # zero-based: data from row 4
TITLE = "纪检监察工作报表册"
WAYS = ["有数据", "零报告"]
COVER_LABELS = ("填报单位代码", "填报单位", "报告期", "填报人", "审核人", "报送日期", "更正原因")


def workbook(unit: Unit, period: Period, carried: Mapping[str, pa.Table] | None = None) -> bytes:
    """A workbook ready to fill, with the tally items the unit owes already listed.

    `carried` are the rows that a ledger has to list again, by form; the cover counts them.
    """
    listed = carried or {}
    forms = owed_forms(unit, period)
    data = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(data, options) as book:
        book.set_properties({"created": datetime.combine(period.ends_on, time())})
        formats = {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "label": book.add_format({"bold": True, "text_wrap": True, "border": 1}),
            "text": book.add_format({"num_format": "@"}),
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        }
        counts = {form: table.num_rows for form, table in listed.items()}
        counts["activities"] = len(owed_items(unit))
        _cover(book.add_worksheet("封面"), unit, period, forms, counts, formats)
        sheets = [(c, book.add_worksheet(c.title)) for c in forms]
        meta = book.add_worksheet("_meta")
        lists = _Lists(meta)
        for contract, sheet in sheets:
            _form(sheet, contract, unit, period, formats, lists)
            if contract.form in listed:
                _carry(sheet, contract, listed[contract.form], period.ends_on, formats)
        _meta(meta, unit, period, forms)
    return data.getvalue()


class _Lists:
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


def _cover(
    sheet: Any,
    unit: Unit,
    period: Period,
    forms: list[Contract],
    counts: Mapping[str, int],
    formats: dict[str, Any],
) -> None:
    sheet.set_column(0, 1, 26)
    sheet.write_string(0, 0, TITLE, formats["title"])
    known = {"填报单位代码": unit.unit_code, "填报单位": unit.name, "报告期": period.period}
    for row, label in enumerate(COVER_LABELS, start=1):
        form = formats["date" if label == "报送日期" else "text"]
        sheet.write_string(row, 0, label, formats["label"])
        if label in known:
            sheet.write_string(row, 1, known[label], form)
        else:
            sheet.write_blank(row, 1, None, form)
    head = len(COVER_LABELS) + 2
    for column, label in enumerate(("报表", "报送方式", "行数")):
        sheet.write_string(head, column, label, formats["label"])
    for row, contract in enumerate(forms, start=head + 1):
        sheet.write_string(row, 0, contract.title)
        if contract.form in counts:
            sheet.write_string(row, 1, WAYS[0])
            sheet.write_number(row, 2, counts[contract.form])
    if forms:
        rule = {"validate": "list", "source": WAYS}
        sheet.data_validation(head + 1, 1, head + len(forms), 1, rule)


def _form(
    sheet: Any,
    contract: Contract,
    unit: Unit,
    period: Period,
    formats: dict[str, Any],
    lists: _Lists,
) -> None:
    last = len(contract.columns) - 1
    month = f"{period.ends_on.year}年{period.ends_on.month}月"
    sheet.merge_range(0, 0, 0, max(last, 1), contract.title, formats["title"])
    sheet.write_string(1, 0, f"填报单位：{unit.name}　报告期：{month}　计量单位：件、人、万元")
    for index, column in enumerate(contract.columns):
        label = column.label + ("*" if column.required else "")
        sheet.set_column(index, index, 16, _format(column, formats))
        sheet.write_string(2, index, label, formats["label"])
        labels = _labels(column, period.ends_on)
        if labels:
            rule = {"validate": "list", "source": lists.source(labels), "error_type": "warning"}
            sheet.data_validation(FIRST_ROW, index, LAST_ROW, index, rule)
    if contract.form == "activities":
        for row, item in enumerate(owed_items(unit), start=FIRST_ROW):
            sheet.write_string(row, 0, item.label, formats["text"])
    sheet.freeze_panes(FIRST_ROW, 1)


def _carry(
    sheet: Any, contract: Contract, table: pa.Table, on: date, formats: dict[str, Any]
) -> None:
    for row, values in enumerate(table.select(contract.names).to_pylist(), start=FIRST_ROW):
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


def _format(column: Column, formats: dict[str, Any]) -> Any:
    if column.type == "date":
        return formats["date"]
    return None if column.type in ("int", "decimal", "bool") else formats["text"]


def _labels(column: Column, on: date) -> list[str]:
    if column.type == "bool":
        return ["是", "否"]
    if column.code_list == "unit":
        valid_units = [u.name for u in units() if u.valid_from <= on <= u.valid_to]
        return [*column.also.values(), *valid_units]
    valid = codes(column.code_list) if column.code_list else ()
    return [c.label for c in valid if c.is_leaf and c.valid_from <= on <= c.valid_to]


def _meta(sheet: Any, unit: Unit, period: Period, forms: list[Contract]) -> None:
    rows = {
        "template_id": "returns",
        "contract_version": CONTRACT_VERSION,
        "unit_code": unit.unit_code,
        "period": period.period,
        "forms": ",".join(c.form for c in forms),
    }
    for row, (key, value) in enumerate(rows.items()):
        sheet.write_string(row, 0, key)
        sheet.write_string(row, 1, value)
    sheet.hide()
