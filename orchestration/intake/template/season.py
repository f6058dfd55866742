"""A period's season: open it with templates, chase on the due day what is missing."""

from datetime import datetime, time
from pathlib import Path

import xlsxwriter

from expectations.registry import units_on
from orchestration.intake.files import write_durably
from orchestration.intake.owed import month
from orchestration.intake.status import MISSING, RETURNED, Status, status
from orchestration.intake.template import write as template
from orchestration.settings import Home

HEADER = ("单位代码", "单位", "报表", "状态", "应报截止日", "关账日", "如何处理")
WIDTHS = (12, 22, 26, 10, 14, 14, 60)
REMEDY = {
    MISSING: "尚未收到，请填报后放入收件箱；确无数据的，在封面选“零报告”",
    RETURNED: "已退回，请按回执所列问题修改后重新报送（无需填更正原因）",
}


def write_templates(home: Home, period: str) -> list[Path]:
    """An empty workbook for every unit valid on the period's last day.

    A workbook that lies there already stays: somebody may have begun to fill it.
    """
    asked = month(period)
    written = []
    for unit in units_on(asked.ends_on).values():
        path = home.templates / period / f"{unit.unit_code}__{period}.xlsx"
        if not path.exists():
            write_durably(path, template.workbook(unit, asked))
            written.append(path)
    return written


def outstanding(home: Home, period: str) -> list[Status]:
    """What is owed and not accepted: 未报, or 退回 and not handed in again."""
    owed, _ = status(home, period)
    return [s for s in owed if s.state in REMEDY]


def write_chasing_list(home: Home, period: str) -> Path:
    """The 催报 list of the period as the register stands; an earlier one is replaced."""
    asked = month(period)
    path = home.chasing / period / f"催报_{period}.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}")
    with xlsxwriter.Workbook(draft) as book:
        book.set_properties({"created": datetime.combine(asked.due_on, time())})
        sheet = book.add_worksheet("催报清单")
        bold = book.add_format({"bold": True})
        for column, (label, width) in enumerate(zip(HEADER, WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, label, bold)
        row = 0
        for row, owed in enumerate(outstanding(home, period), start=1):
            line = (owed.unit_code, owed.short_name, owed.title, owed.state)
            days = (f"{asked.due_on}", f"{asked.closes_on}")
            for column, text in enumerate((*line, *days, REMEDY[owed.state])):
                sheet.write_string(row, column, text)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, row, len(HEADER) - 1)
    draft.replace(path)
    return path
