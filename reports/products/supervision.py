"""督办清单: what the case-management office presses for, matter by matter, never by person.

Nothing of the cadre-supervision office is in it: neither matters, which no release holds, nor its
returns and findings.

Counts by unit that are indicators have the id of their figure as a note, and a finding that of the
figure it moves most. The rest has none: matters, their days and returns are rows, not figures; the
numbers of problems and of returns only say how many rows follow.
"""

from collections.abc import Callable
from pathlib import Path

from reports.bulletin.content import Source
from reports.bulletin.figures import Figures
from reports.bulletin.products import remark
from reports.bulletin.wording import Span
from reports.bulletin.workbook import Column, Noted, Sheet, Value, write_workbook
from reports.products.lists import Lists, Row

STAFF_OFFICE = "GBJ"
UNIT = Column(label="单位", width=22)
KIND = Column(label="问题", width=26)
MATTER = Column(label="事项编码", width=18)
SINCE, LIMIT, DONE = (Column(label=label, width=13) for label in ("起算日", "时限", "办成日"))
DAYS = Column(label="超期天数", width=10, is_figure=True)
DETAIL = Column(label="说明", width=34)
# Each with its column of `queries/attention_units.sql`, and the indicator and slice that counts it.
COUNTS = (
    ("尚未提出", "opinion_missing_cnt", "disposal_overdue_cnt", "missing"),
    ("往年到期未提", "opinion_carried_cnt", "disposal_overdue_cnt", "carried"),
    ("逾期提出", "opinion_late_cnt", "disposal_overdue_cnt", "late"),
    ("久核不结", "long_pending_cnt", "verify_long_pending_cnt", ""),
    ("超期未办结", "overdue_cnt", "lead_overdue_open_cnt", ""),
    ("未报备", "unfiled_cnt", "disposal_unfiled_cnt", ""),
    ("报备不一致", "mismatch_cnt", "disposal_mismatch_cnt", ""),
    ("登记矛盾", "conflict_cnt", "system_ledger_conflict_cnt", ""),
    ("超期未整改", "rectify_overdue_cnt", "", ""),
    ("未到期未整改", "rectify_open_cnt", "", ""),
    ("报表", "returns_cnt", "", ""),
)
# Sheet, what it lists, its group of kinds; then what is said above it.
LISTED = (
    (
        "逾期提出处置意见",
        "opinions",
        "自收到线索之日起一个月内应提出处置意见；已提出的算至提出日，其余算至截止日。",
    ),
    ("久核不结", "verifications", "初步核实自批准之日起超过规定天数仍未结的线索。"),
    ("超期未办结", "leads", "超过办理期限仍未办结的线索；起算日为处置批准日，未处置的为收到日。"),
    ("报备与登记不一致", "filings", "各单位台账与向案管室报备、案管室登记不一致的线索。"),
    ("未整改问题", "problems", "截至截止日尚未审核销号的问题，超期的在前；自报完成不算整改完成。"),
    ("未报迟报报表", "returns", "应报而未报、退回后未重报、迟报的报表；天数从报送截止日算起。"),
)


def supervision_workbook(
    figures: Figures, lists: Lists, span: Span, source: Source, path: Path
) -> Path:
    """Write the lists of a period, one a sheet, after a sheet that counts them by unit."""
    listed = (_listed(lists, source, *s) for s in LISTED)
    sheets = [_counts(figures, lists), *listed, _findings(lists)]
    return write_workbook(f"{span.title}督办清单", remark(figures, source), sheets, source, path)


def _of_all_but_staff_office(rows: list[Row]) -> list[Row]:
    return [r for r in rows if not r["unit_code"].startswith(STAFF_OFFICE)]


def _counts(figures: Figures, lists: Lists) -> Sheet:
    return Sheet(
        name="各单位汇总",
        title="各单位督办事项汇总",
        note="计量单位：件（登记矛盾为条，整改为个，报表为份）；没有督办事项的单位不列。",
        columns=(UNIT, *(Column(label=label, width=12, is_figure=True) for label, *_ in COUNTS)),
        rows=tuple(
            (r["unit_name"], *(_count(figures, r, *count) for _, *count in COUNTS))
            for r in _of_all_but_staff_office(lists.attention_units)
        ),
    )


def _count(figures: Figures, row: Row, name: str, indicator: str, part: str) -> Value:
    """How many; with the id of the unit's figure where it is one, and as high."""
    figure = figures.find(indicator, row["unit_code"], part)
    is_figure = figure is not None and figure.status == "value" and figure.value == row[name]
    return Noted(row[name], figure.id) if figure is not None and is_figure else row[name]


def _listed(lists: Lists, source: Source, name: str, group: str, note: str) -> Sheet:
    found = [r for r in _of_all_but_staff_office(lists.attention) if r["kind_group"] == group]
    return attention_sheet(found, source, name, note, with_unit=True)


def attention_sheet(
    found: list[Row], source: Source, name: str, note: str, *, with_unit: bool
) -> Sheet:
    """Matters on a sheet; of returns the form stands in place of the matter."""
    columns = (UNIT, KIND, MATTER, SINCE, LIMIT, DONE, DAYS, DETAIL)[0 if with_unit else 1 :]
    return Sheet(
        name=name,
        title=f"{name}（{len(found)}项）",
        note=note + "按事项编码列示，不列人员。",
        columns=columns,
        rows=tuple(_cells(r, source)[0 if with_unit else 1 :] for r in found),
    )


def matter(row: Row, source: Source) -> str:
    """The number of the matter; the title of the form of a return."""
    key = str(row["key"])
    return source.forms.get(key, key) if row["kind_group"] == "returns" else key


def date_text(row: Row, name: str) -> str:
    """A date as lists print it; nothing where there is none."""
    return f"{row[name]:%Y-%m-%d}" if row[name] else ""


def _cells(row: Row, source: Source) -> tuple[Value, ...]:
    dates = (date_text(row, name) for name in ("since_on", "limit_on", "done_on"))
    days = row["over_day_count"] if row["limit_on"] and row["over_day_count"] else None
    return (row["unit_name"], row["kind_text"], matter(row, source), *dates, days, row["detail"])


def _findings(lists: Lists) -> Sheet:
    found = _of_all_but_staff_office(lists.findings)
    return findings_sheet(found, lambda r: str(r["message"]), with_unit=True)


def findings_sheet(found: list[Row], said: Callable[[Row], str], *, with_unit: bool) -> Sheet:
    """Open findings on a sheet, in their order, each in the words of `said`."""
    columns = (
        UNIT,
        Column(label="级别", width=8),
        Column(label="规则", width=8),
        Column(label="事项编码", width=18),
        Column(label="问题", width=70),
        Column(label="影响的数字", width=44),
        Column(label="首次出现", width=11),
        Column(label="单位说明", width=14),
        Column(label="豁免", width=9),
    )
    rows = tuple(
        (
            r["unit_name"],
            r["severity_text"],
            r["rule"],
            r["key"],
            said(r),
            Noted(r["effect_text"], r["effect_number_id"])
            if r["effect_number_id"]
            else r["effect_text"],
            r["first_period"],
            r["answer_text"],
            r["waived_text"],
        )
        for r in found
    )
    cut = 0 if with_unit else 1
    return Sheet(
        name="未解决的核对问题",
        title=f"未解决的核对问题（{len(found)}条）",
        note="报表内部、报表之间和各期之间核对发现的问题，动到数字最多的在前；更正报表后自行消除。",
        columns=columns[cut:],
        rows=tuple(row[cut:] for row in rows),
    )
