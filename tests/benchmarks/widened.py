"""The sample's workbooks with a longer ledger each: `widened.py HOME ROWS COUNT`.

Rows of 问题线索台账 (26 columns) are said again under numbers of their own until there are ROWS of
them; in every twentieth workbook one required date is not a date. Writes them over the sample's
inbox, keeps the first COUNT lines of its plan with such a ledger, and prints how many rows there
are in all.
"""

import csv
import itertools
import sys
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from expectations.contract import contracts

LEADS = contracts()["leads"]
FAULTY = 20  # one in so many
NUMBERS = itertools.count(500001)


def widen(path: Path, count: int, is_faulty: bool) -> bool:
    """True when the workbook has such a ledger and has been written."""
    book = openpyxl.load_workbook(path)
    if LEADS.title not in book.sheetnames:
        return False
    page = book[LEADS.title]
    head, labels = _header(page)
    rows = list(page.iter_rows(min_row=head + 1, values_only=True))
    if not rows:
        return False
    key, day = labels[LEADS.names.index("lead_no")], labels[_a_date()]
    for nth in range(len(rows), count):
        page.append(rows[nth % len(rows)])
        code = str(page.cell(page.max_row, key).value)
        page.cell(page.max_row, key).value = f"{code[:6]}{next(NUMBERS):0{len(code) - 6}d}"
    if is_faulty:
        page.cell(page.max_row, day).value = "待定"
    for line in book.worksheets[0].iter_rows(max_col=3):
        if line[0].value == LEADS.title:
            line[2].value = max(len(rows), count)
    book.save(path)
    return True


def _a_date() -> int:
    return next(at for at, c in enumerate(LEADS.columns) if c.type == "date" and c.required)


def _header(page: Worksheet) -> tuple[int, list[int]]:
    """The row of the header, and the column of each of the form's columns, from 1."""
    first = LEADS.columns[0].label
    for row in page.iter_rows(max_row=9):
        said = {str(cell.value or "").rstrip("*"): int(cell.column or 0) for cell in row}
        if first in said:
            return int(row[0].row or 0), [said[c.label] for c in LEADS.columns]
    raise ValueError(page.title)


def main() -> None:
    """Widen, and write the plan anew."""
    home, count, wanted = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    plan = home / "sample" / "plan.csv"
    with plan.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    kept: list[dict[str, str]] = []
    for line in lines:
        path = (plan.parent / line["path"]).resolve()
        is_faulty = len(kept) % FAULTY == FAULTY - 1
        if len(kept) < wanted and path.suffix == ".xlsx" and widen(path, count, is_faulty):
            kept.append(line)
        else:
            path.unlink(missing_ok=True)
    with plan.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(lines[0]))
        writer.writeheader()
        writer.writerows(kept)
    print(len(kept))


if __name__ == "__main__":
    main()
