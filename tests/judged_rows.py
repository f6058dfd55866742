"""Rows of a form as the reader types them, judged by the suite of its contract."""

from datetime import date
from typing import Any

import pyarrow as pa

from expectations.contract import contracts
from expectations.finding import Finding
from expectations.registry import calendar
from expectations.suites import Sheet, validate

TYPES = {
    "date32": pa.date32(),
    "int64": pa.int64(),
    "float64": pa.float64(),
    "bool": pa.bool_(),
    "string": pa.string(),
}
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LEAD = {
    "lead_no": "XS2023000101",
    "person_no": "RY00001234",
    "received_on": date(2023, 5, 4),
    "stat_on": date(2023, 5, 5),
    "source_code": "21",
    "is_duplicate": False,
    "is_staff": False,
    "political_status_code": "1",
    "is_supervisee": True,
    "rank_code": "41",
    "authority_code": "4",
    "field_code": "11",
    "status_code": "20",
}
STEP = {
    "lead_no": "XS2023000101",
    "seq_no": 1,
    "proposed_on": date(2023, 5, 20),
    "approved_on": date(2023, 5, 22),
    "stat_on": date(2023, 5, 22),
    "method_code": "2",
    "has_analysis": True,
}
PUNISHMENT = {
    "punish_no": "CF2023000001",
    "person_no": "RY00001234",
    "case_no": "LA2023000001",
    "kind_code": "1",
    "party_punishment_code": "1",
    "form_code": "2",
    "is_after_conviction": False,
    "decided_on": date(2023, 7, 3),
    "stat_on": date(2023, 7, 3),
    "announced_on": date(2023, 7, 10),
    "political_status_code": "1",
    "is_supervisee": False,
    "rank_code": "41",
    "is_village_head": False,
    "is_retired": False,
    "is_accountability": False,
}
ISSUE = {
    "issue_no": "ZG2023000001",
    "problem_source_code": "2",
    "responsible_org": "区水务局",
    "found_on": date(2023, 6, 1),
    "stat_on": date(2023, 6, 1),
    "due_on": date(2023, 12, 31),
    "status_code": "20",
}
FILING = {
    "lead_no": "XS2023000101",
    "seq_no": 1,
    "handling_unit_code": "OFF01",
    "method_code": "2",
    "approved_on": date(2023, 7, 3),
    "filed_on": date(2023, 7, 5),
    "stat_on": date(2023, 7, 5),
}
ITEM = {"item_code": "A0202", "month_quantity": 3.0, "ytd_quantity": 5.0}
GOOD = {
    "leads": LEAD,
    "disposals": STEP,
    "punishments": PUNISHMENT,
    "rectifications": ISSUE,
    "disposal_filings": FILING,
    "activities": ITEM,
}


def letter(place: int) -> str:
    high, low = divmod(place, 26)
    return (LETTERS[high - 1] if high else "") + LETTERS[low]


def sheet(
    form: str, *rows: dict[str, Any], unit: str = "OFF01", period: str = "2023-07", index: int = 0
) -> Sheet:
    """A sheet in template order with its header on row 4; `_marked` may be given per row."""
    contract = contracts()[form]
    table = {
        c.name: pa.array([r.get(c.name) for r in rows], TYPES[c.arrow_type])
        for c in contract.columns
    }
    table["row_no"] = pa.array(range(5, 5 + len(rows)), pa.int64())
    table["_marked"] = pa.array([r.get("_marked", "") for r in rows], pa.string())
    return Sheet(
        index=index,
        unit_code=unit,
        unit_type_code=unit[:3],
        period=calendar()[period],
        sheet=contract.title,
        columns={name: letter(n) for n, name in enumerate(contract.names)},
        table=pa.table(table),
    )


def judged(form: str, *rows: dict[str, Any], **facts: Any) -> list[Finding]:
    return validate(contracts()[form], [sheet(form, *rows, **facts)])[0]


def ids(found: list[Finding]) -> list[str]:
    return [f.rule for f in found]
