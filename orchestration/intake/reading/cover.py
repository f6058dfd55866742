"""The cover: who reports what for which month (returns §1.1)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from expectations import registry
from expectations.contract import contracts
from expectations.finding import Finding
from orchestration.intake.reading.cells import FAULTY
from orchestration.intake.reading.grid import is_blank, normalised, text_of
from orchestration.intake.reading.submission import file_error

TITLE = "纪检监察工作报表册"
LABELS = ("填报单位代码", "填报单位", "报告期", "填报人", "审核人", "报送日期")
REASON = "更正原因"
FILLED, NIL = "有数据", "零报告"
KINDS = {FILLED: False, NIL: True}
_FIX = "请按模板填写封面后重新报送"


@dataclass(kw_only=True)
class Listed:
    """One line of the cover's table; `count` is None where 行数 is no number.

    `place` is the cell of 行数, blank for a CSV; `trouble` says why it is no number.
    """

    form: str
    nil: bool
    count: int | None
    place: str = ""
    trouble: str = ""


@dataclass(kw_only=True)
class Cover:
    """The cover as read; `unit_code` and `period` are None where they are not usable.

    `unknown` are listed reports that are not declared, `unclear` forms of which no way of sending
    is understood; `absent` means that there is no list of
    reports to compare the sheets with; `lines` are those of a CSV as they stand.
    """

    unit_code: str | None = None
    period: str | None = None
    reason: str | None = None
    listed: dict[str, Listed] = field(default_factory=dict)
    absent: bool = False
    unknown: list[str] = field(default_factory=list)
    unclear: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    lines: list[tuple[str, str, str]] = field(default_factory=list)


def form_ids() -> dict[str, str]:
    """Normalised title or form id to form id, of the declared forms."""
    found = {}
    for form, contract in contracts().items():
        found[normalised(contract.title)] = found[form] = form
    return found


def read_cover(
    labels: dict[str, Any],
    table: Sequence[Sequence[Any]],
    received_on: date,
    sheet: str,
    lost: Mapping[str, str] | None = None,
    first_row: int = 0,
) -> Cover:
    """The cover from its labels and the lines 报表, 报送方式, 行数.

    `lost` are the cells, by label, of a formula without a value or of an error; `first_row` is
    the row of the first line where there are cells.
    """
    cover = Cover()
    for label, cell in (lost or {}).items():
        if label in (*LABELS, REASON):
            told = file_error(f"封面“{label}”({cell}){FAULTY}", "请在该格直接填写内容", sheet=sheet)
            cover.findings.append(replace(told, row=int(cell[1:]), cell=cell, cells=(cell,)))
    missing = [x for x in LABELS if is_blank(labels.get(x)) and x not in (lost or {})]
    if missing:
        cover.findings.append(file_error(f"封面未填:{'、'.join(missing)}", _FIX, sheet=sheet))
    if not is_blank(labels.get("报告期")):
        cover.period = _period(labels["报告期"], received_on, cover, sheet)
    if cover.period and not is_blank(labels.get("填报单位代码")):
        _unit(labels, cover, sheet)
    makers = [text_of(labels.get(x)) for x in ("填报人", "审核人")]
    if makers[0] and makers[0] == makers[1]:
        message = "填报人与审核人是同一人,不符合双人复核要求"
        cover.findings.append(_warning("P26", message, "请由另一人审核", sheet))
    reason = text_of(labels.get(REASON))
    cover.reason = reason if len(reason) >= 4 else None
    _table(table, cover, sheet, first_row)
    return cover


def _warning(rule: str, message: str, fix: str, sheet: str) -> Finding:
    return Finding(rule=rule, severity="warning", message=message, fix=fix, sheet=sheet)


def _period(value: Any, received_on: date, cover: Cover, sheet: str) -> str | None:
    period = period_of(value)
    if period is None or period not in registry.calendar():
        cover.findings.append(
            file_error("封面报告期无法识别或不在日历内", "请填写如 2023-07", sheet=sheet)
        )
        return None
    if registry.calendar()[period].ends_on >= received_on:
        cover.findings.append(
            file_error(f"报告期 {period} 尚未结束", "请在报告期结束后报送", sheet=sheet)
        )
    return period


def period_of(value: Any) -> str | None:
    """A period in one of the accepted spellings."""
    if isinstance(value, (date, datetime)):
        midnight = not isinstance(value, datetime) or value.time() == value.time().min
        return f"{value:%Y-%m}" if value.day == 1 and midnight else None
    if isinstance(value, bool):
        return None
    text = text_of(value)
    match = re.fullmatch(r"([0-9]{4})(?:-?([0-9]{2})|年([0-9]{1,2})月)", text)
    return f"{match[1]}-{int(match[2] or match[3]):02d}" if match else None


def _unit(labels: dict[str, Any], cover: Cover, sheet: str) -> None:
    code = text_of(labels["填报单位代码"]).upper()
    assert cover.period
    ends_on = registry.calendar()[cover.period].ends_on
    unit = registry.units_on(ends_on).get(code)
    if unit is None:
        known = any(u.unit_code == code for u in registry.units())
        cover.unit_code = code if known else None
        what = f"填报单位 {code} 在报告期末不存在" if known else "填报单位代码不在单位表中"
        cover.findings.append(file_error(what, "请核对填报单位代码和报告期", sheet=sheet))
        return
    cover.unit_code = code
    name = normalised(labels.get("填报单位"))
    if not name or name == normalised(unit.name):
        return
    if name in {normalised(u.name) for u in registry.units() if u.unit_code == code}:
        message = f"填报单位名称不是报告期末的名称,应为“{unit.name}”"
        cover.findings.append(_warning("P25", message, "下次请用现用名称", sheet))
    else:
        message = f"填报单位名称与代码 {code} 不符,应为“{unit.name}”"
        cover.findings.append(file_error(message, "请核对填报单位代码和名称", sheet=sheet))


def _table(table: Sequence[Sequence[Any]], cover: Cover, sheet: str, first_row: int) -> None:
    known = form_ids()
    for row, (title, kind, count) in enumerate(table, start=first_row):
        form = known.get(normalised(title))
        if form is None:
            cover.unknown.append(text_of(title)[:31])
        elif normalised(kind) not in KINDS or form in cover.listed:
            cover.unclear.add(form)
            title = contracts()[form].title
            message = f"封面“{title}”的报送方式无法识别或重复列出"
            cover.findings.append(file_error(message, "报送方式只填有数据或零报告", sheet=sheet))
        else:
            number = re.sub(r"\.0+$|,", "", text_of(count)) or "0"
            rows = int(number) if re.fullmatch("[0-9]{1,9}", number) else None
            trouble = "" if rows is not None else FAULTY if count == FAULTY else "不是数字"
            place = f"C{row}" if first_row else ""
            nil = KINDS[normalised(kind)]
            cover.listed[form] = Listed(
                form=form, nil=nil, count=rows, place=place, trouble=trouble
            )
