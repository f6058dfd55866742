"""What is planted, and the one table that says where: `truth.csv`."""

import csv
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from pathlib import Path

NAME = "truth.csv"


@dataclass(frozen=True, kw_only=True, order=True)
class Planted:
    """One finding that must come of what was planted; never a value of the cell.

    Attributes:
        file: name of the file, as its receipt names it.
        unit: code of the unit that hands it in.
        period: the month it is of, `YYYY-MM`.
        rule: id of the specification (P01, G02, LD10, R39 ...).
        sheet: the sheet; empty where the file as a whole is at fault.
        cell: A1 address of the cell at fault; empty where the sheet as a whole is.
        severity: error, warning or info.
        form: form id; empty where the file as a whole is at fault.
        key: for rules between forms, the key that the finding names.
        follows: the fault this one cannot but follow from; empty for what was planted itself.
    """

    file: str
    unit: str
    period: str
    rule: str
    sheet: str
    cell: str
    severity: str
    form: str = ""
    key: str = ""
    follows: str = ""


COLUMNS = tuple(f.name for f in fields(Planted))


def write_truth(folder: Path, planted: Iterable[Planted]) -> Path:
    """Write `truth.csv`, in order."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / NAME
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(sorted(map(astuple, planted)))
    return path


def read_truth(path: Path) -> list[Planted]:
    """What `write_truth` wrote."""
    with path.open(encoding="utf-8", newline="") as file:
        return [Planted(**row) for row in csv.DictReader(file)]
