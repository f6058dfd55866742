"""Answers as a unit writes them beside its warnings, and where they are then found."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
from handed_in import LEAD, at

from expectations.contract import contracts
from orchestration.intake.decide import Decision
from orchestration.intake.landing.land import land
from orchestration.settings import Home

LEADS = contracts()["leads"].title
DOUBTED = LEAD | {"lead_no": "XS2023000103", "source_code": "11"}  # LD15
NOTE = "按市级台账口径登记"
SECOND, THIRD = at("2023-08-05T09:00"), at("2023-08-06T09:00")
FILLED = {"说明": "口径不同", "补充说明": NOTE}


def receipt(home: Home, decision: Decision) -> dict[str, Any]:
    (path,) = home.receipts.rglob(f"*__{decision.sha256[:8]}.json")
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return told


def copy_of(home: Home, decision: Decision) -> Path:
    (path,) = home.receipts.rglob(f"*__{decision.sha256[:8]}.marked.xlsx")
    return path


def lines(sheet: Any) -> tuple[dict[str, int], list[int]]:
    """Columns of the 回执 by label, and the rows of LD15."""
    head = {str(c.value).split("（")[0]: c.column for c in sheet[10]}
    rows = range(11, sheet.max_row + 1)
    return head, [n for n in rows if sheet.cell(n, head["规则"]).value == "LD15"]


def answer(marked: Path, out: Path, **cells: Any) -> Path:
    """The marked workbook with these words beside the warning of LD15, and other cells of leads."""
    book = openpyxl.load_workbook(marked)
    sheet = book["回执"]
    head, (row,) = lines(sheet)
    for label, text in cells.items():
        if label in head:
            sheet.cell(row, head[label]).value = text
        else:
            book[LEADS][label] = text
    book.save(out)
    return out


def table(home: Home, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(
        home.raw / "_register" / f"{name}.parquet"
    ).to_pylist()
    return rows


def doubts(home: Home, as_of: datetime | None = None) -> list[str | None]:
    """What is said of LD15, as landed."""
    land(home, as_of)
    found = [w for w in table(home, "warnings") if w["rule"] == "LD15"]
    newest = max(w["return_id"] for w in found)
    return [w["answer"] for w in found if w["return_id"] == newest]
