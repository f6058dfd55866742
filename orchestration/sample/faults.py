"""Single faults planted in the returns of one month, each with the finding it must bring."""

import csv
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from expectations.contract import contracts
from expectations.registry import Period, Unit
from orchestration.sample.books import Row

DAY = timedelta(1)
AT_THE_DOOR, BETWEEN_FORMS = "receipt", "reconciliation"
COLUMNS = ("found_by", "rule", "severity", "form", "unit_code", "key")
Change = Callable[[Row, Period], list[Row]]


@dataclass(frozen=True)
class Fault:
    """One fault: which rule finds it, on which form, in which row, and what is done to it."""

    rule: str
    severity: str
    form: str
    fits: Callable[[Row], bool]
    change: Change
    found_by: str = AT_THE_DOOR


def _with(**changed: Callable[[Row, Period], object]) -> Change:
    return lambda row, period: [{**row, **{k: v(row, period) for k, v in changed.items()}}]


def _fixed(value: object) -> Callable[[Row, Period], object]:
    return lambda _row, _period: value


def _day(column: str, days: int) -> Callable[[Row, Period], date]:
    def moved(row: Row, _period: Period) -> date:
        day: date = row[column]
        return day + days * DAY

    return moved


def _is(column: str, value: object) -> Callable[[Row], bool]:
    return lambda row: bool(row[column] == value)


def _has(*columns: str) -> Callable[[Row], bool]:
    return lambda row: all(row[c] is not None for c in columns)


def _twice(row: Row, _period: Period) -> list[Row]:
    return [row, row]


def _more(row: Row, _period: Period) -> float:
    return float(row["month_quantity"]) + 1


FAULTS = (  # first those that few units have a row for
    Fault(
        "R09",
        "warning",
        "lead_register",
        lambda row: row["signed_on"] is not None and row["signed_on"] != row["first_assigned_on"],
        _with(signed_on=_day("first_assigned_on", 0)),
        BETWEEN_FORMS,
    ),
    Fault(
        "R34",
        "error",
        "activities",
        _is("item_code", "A0407"),
        _with(month_quantity=_more, ytd_quantity=_fixed(None)),
        BETWEEN_FORMS,
    ),
    Fault(
        "TR04", "error", "transfers", _is("nonprosecuted_on", None), _with(result_code=_fixed("3"))
    ),
    Fault("RF02", "error", "reforms", _is("status_code", "2"), _with(status_code=_fixed("3"))),
    Fault(
        "PT05",
        "error",
        "petitions",
        _is("is_repeat", True),
        lambda row, _: [{**row, "first_petition_no": row["petition_no"]}],
    ),
    Fault("KT05", "error", "key_tasks", _is("is_urged", False), _with(is_urged=_fixed(True))),
    Fault("LD13", "error", "leads", _is("source_code", "11"), _with(inspection_round=_fixed(2))),
    Fault("DP06", "error", "disposals", _has("ended_on"), _with(ended_on=_day("started_on", -1))),
    Fault("CS10", "error", "cases", _is("is_joint", False), _with(is_joint=_fixed(True))),
    Fault(
        "PN14",
        "error",
        "punishments",
        _has("announced_on"),
        _with(announced_on=_day("decided_on", -1)),
    ),
    Fault("RC03", "error", "recoveries", _has("turned_in_on"), _with(is_turned_in=_fixed(False))),
    Fault(
        "CP01",
        "error",
        "conduct_problems",
        _is("is_educated", True),
        _with(is_educated=_fixed(False)),
    ),
    Fault("CI05", "error", "campaign_items", _has("due_on"), _with(due_on=_day("found_on", -1))),
    Fault("RX09", "error", "rectifications", _has("due_on"), _with(due_on=_day("found_on", -1))),
    Fault("G01", "error", "rectifications", _has("issue_no"), _with(responsible_org=_fixed(None))),
    Fault("G04", "error", "campaign_items", _has("item_no"), _with(status_code=_fixed("77"))),
    Fault("G05", "error", "rectifications", _has("issue_no"), _twice),
    Fault(
        "G06",
        "error",
        "recoveries",
        _has("turned_in_on"),
        lambda row, period: [{**row, "turned_in_on": period.ends_on + DAY}],
    ),
    Fault("G08", "error", "punishments", _has("punish_no"), _with(stat_on=_day("decided_on", -1))),
    Fault("RC04", "warning", "recoveries", _is("kind_code", "1"), _with(amount_wan=_fixed(6000.0))),
    Fault(
        "AC01",
        "error",
        "activities",
        _is("item_code", "A0204"),
        _with(month_quantity=_fixed(1.5), ytd_quantity=_fixed(None)),
    ),
    Fault(
        "AC03",
        "warning",
        "activities",
        _is("item_code", "A0512"),
        _with(month_quantity=_fixed(6000), ytd_quantity=_fixed(None)),
    ),
)


@dataclass
class Planting:
    """The faults still to be planted, and the findings that those planted must bring."""

    waiting: list[Fault] = field(default_factory=lambda: list(FAULTS))
    expected: list[tuple[str, ...]] = field(default_factory=list)

    def spoil(self, unit: Unit, period: Period, stated: dict[str, list[Row]]) -> None:
        """Plant the first fault that fits the unit's rows: one a unit, so that none hides one."""
        for fault in self.waiting:
            rows = stated.get(fault.form, [])
            found = next((n for n, row in enumerate(rows) if self._fits(fault, rows, n)), None)
            if found is not None:
                rows[found : found + 1] = fault.change(rows[found], period)
                key = "/".join(str(rows[found][k]) for k in _shown(fault.form))
                self.expected.append(
                    (fault.found_by, fault.rule, fault.severity, fault.form, unit.unit_code, key)
                )
                self.waiting.remove(fault)
                return

    @staticmethod
    def _fits(fault: Fault, rows: list[Row], number: int) -> bool:
        """The row fits and is the only one of its matter, whose columns have to agree."""
        first = contracts()[fault.form].key[0]
        alone = sum(row[first] == rows[number][first] for row in rows) == 1
        return alone and fault.fits(rows[number])

    def write(self, folder: Path, period: Period) -> None:
        """Write `findings_<period>.csv`: what the planted faults must bring, and nothing else."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"findings_{period.period}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            writer.writerows(sorted(self.expected))


def _shown(form: str) -> list[str]:
    """The key columns that a finding may name."""
    contract = contracts()[form]
    hidden = {c.name for c in contract.columns if c.privacy == "S3"}
    return [name for name in contract.key if name not in hidden]
