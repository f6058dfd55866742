"""The workbook of one unit and period to fill, written from the contracts (returns §1.1)."""

from collections.abc import Mapping
from datetime import datetime, time
from io import BytesIO
from typing import Any

import xlsxwriter

from expectations.contract import CONTRACT_VERSION, Contract
from expectations.registry import Period, Unit
from orchestration.intake.owed import owed_forms, owed_items
from orchestration.intake.reading.cover import FILLED, KINDS, LABELS, REASON, TITLE
from orchestration.intake.template import self_check
from orchestration.intake.template.carry import Carried
from orchestration.intake.template.form import Lists, write_form
from orchestration.intake.template.style import printed, styles

COVER_LABELS = (*LABELS, REASON)
WIDTHS = (30, 26, 9, 10, 10, 10, 10, 10, 10, 44)
HEAD = len(COVER_LABELS) + 2  # of the list of forms, zero-based
TALLY = "activities"
NOTES = (
    "1. 蓝色底的格由填报单位填写；没有数据的报表选“零报告”，不要留空；行数是该表的数据行数。",
    "2. D 至 J 列是自查公式，请勿改动，系统不读取；“自查结果”变红的，请先改好再报送。",
    "3. 期末未结应等于上期未结＋本期新增－本期办结；上期未结未预填的，填上后即自动核对。",
    "4. 带 * 的栏目必填；日期填如 2023-07-01；没有内容的格留空，不填 0 或“无”。",
)


def workbook(unit: Unit, period: Period, carried: Mapping[str, Carried] | None = None) -> bytes:
    """A workbook ready to fill, with the tally items the unit owes already listed.

    `carried` are the rows that a ledger has to list again, by form; the cover counts them.
    """
    known = carried or {}
    forms = owed_forms(unit, period)
    data = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(data, options) as book:
        book.set_properties({"created": datetime.combine(period.ends_on, time()), "title": TITLE})
        formats = styles(book)
        _cover(book.add_worksheet("封面"), unit, period, forms, known, formats)
        sheets = [(c, book.add_worksheet(c.title)) for c in forms]
        meta = book.add_worksheet("_meta")
        lists = Lists(meta)
        for contract, sheet in sheets:
            write_form(sheet, contract, unit, period, formats, lists, known.get(contract.form))
        _meta(meta, unit, period, forms)
    return data.getvalue()


def _cover(
    sheet: Any,
    unit: Unit,
    period: Period,
    forms: list[Contract],
    carried: Mapping[str, Carried],
    formats: Mapping[str, Any],
) -> None:
    sheet.set_default_row(20)
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, TITLE, formats["title"])
    known = {"填报单位代码": unit.unit_code, "填报单位": unit.name, "报告期": period.period}
    beside = self_check.of_labels({x: n for n, x in enumerate(COVER_LABELS, start=2)})
    for row, label in enumerate(COVER_LABELS, start=1):
        sheet.write_string(row, 0, label, formats["label"])
        if label in known:
            sheet.write_string(row, 1, known[label], formats["given"])
        else:
            sheet.write_blank(row, 1, None, formats["day" if label == "报送日期" else "entry"])
        if label in beside:
            formula, value = beside[label]
            sheet.write_formula(row, 2, formula, formats["verdict"], value)
    for column, label in enumerate(("报表", "报送方式", "行数", *self_check.HEADER)):
        sheet.write_string(HEAD, column, label, formats["head" if column < 3 else "aside"])
    waiting = len(beside)
    for row, contract in enumerate(forms, start=HEAD + 1):
        waiting += not _line(sheet, row, contract, unit, period, carried, formats)
    last = HEAD + len(forms)
    _overall(sheet, last, waiting, formats)
    sheet.data_validation(HEAD + 1, 1, last, 1, {"validate": "list", "source": list(KINDS)})
    for row, note in enumerate(NOTES, start=1):  # beside, since what lies below may be a form
        sheet.write_string(row, 4, note, formats["note"])
    sheet.activate()
    sheet.set_selection(4, 1, 4, 1)
    printed(sheet, unit.name, pages_wide=1)


def _line(
    sheet: Any,
    row: int,
    contract: Contract,
    unit: Unit,
    period: Period,
    carried: Mapping[str, Carried],
    formats: Mapping[str, Any],
) -> bool:
    """One form of the list; whether nothing is to be filled any more."""
    last = carried.get(contract.form)
    count = len(owed_items(unit)) if contract.form == TALLY else last.rows.num_rows if last else 0
    blanks = count if contract.form == TALLY else self_check.blanks_in(contract, last)
    sheet.write_string(row, 0, contract.title, formats["given"])
    sheet.write(row, 1, FILLED if count else None, formats["entry"])
    sheet.write(row, 2, count or None, formats["number"])
    line = self_check.line(contract, period, row + 1, count, blanks, last)
    for column, cell in enumerate(line.cells, start=3):
        if cell is None:
            sheet.write_blank(row, column, None, formats["number"])
            continue
        text, value = cell
        shape = formats["verdict" if column == len(WIDTHS) - 1 else "counted"]
        if text.startswith("="):
            sheet.write_formula(row, column, text, shape, value)
        else:
            sheet.write(row, column, value if value != "" else None, shape)
    return line.fits


def _overall(sheet: Any, last: int, waiting: int, formats: Mapping[str, Any]) -> None:
    """The sum of all verdicts at the top, and the colours of each."""
    verdicts, beside = f"$J${HEAD + 2}:$J${last + 1}", f"$C$2:$C${len(COVER_LABELS) + 1}"
    open_ = f'SUMPRODUCT(--({verdicts}<>"{self_check.FITS}"))+SUMPRODUCT(--({beside}<>""))'
    text = f'=IF({open_}=0,"自查：全部相符，可以报送","自查：还有 "&{open_}&" 处待填或待改")'
    now = f"自查：还有 {waiting} 处待填或待改" if waiting else "自查：全部相符，可以报送"
    sheet.merge_range(0, 2, 0, len(WIDTHS) - 1, None, formats["verdict"])
    sheet.write_formula(0, 2, text, formats["verdict"], now)
    wait = self_check.WAITING
    for area, first in ((verdicts, f"$J{HEAD + 2}"), (beside, "$C2"), ("$C$1", "$C$1")):
        tests = {
            "waiting": f'LEFT({first},{len(wait)})="{wait}"',
            "good": f'OR({first}="{self_check.FITS}",ISNUMBER(SEARCH("全部相符",{first})))',
            "bad": f"LEN({first})>0",
        }
        for name, test in tests.items():
            rule = {"type": "formula", "criteria": f"={test}", "format": formats[name]}
            sheet.conditional_format(area.replace("$", ""), rule | {"stop_if_true": True})


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
