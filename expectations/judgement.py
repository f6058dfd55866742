"""The reconciliations as expectations: Great Expectations judges the failing rows of each.

Beside `suites.py` the only module that imports great_expectations, and only when it judges.
One expectation per declared reconciliation and severity: every failing row of it is waived.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from expectations.finding import ERROR
from expectations.reconciliation import Reconciliation
from expectations.suites import SEVERITIES, judged

SUITE = "reconciliations"
COLUMNS = ("rule", "severity", "form", "unit_code", "period", "key", "detail", "is_waived")


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What came of one reconciliation; counts only.

    Attributes:
        rule: id of the reconciliation.
        failing_count: rows that fail.
        open_count: of these, those that nobody has waived.
        error_count: of the open ones, those that are errors.
        rows: their places in the frame that was judged.
    """

    rule: str
    failing_count: int
    open_count: int
    error_count: int
    rows: tuple[int, ...] = ()

    @property
    def is_blocking(self) -> bool:
        """An open error: no final release."""
        return self.error_count > 0


def judge(
    declared: Mapping[str, Reconciliation], failing: Sequence[Mapping[str, Any]]
) -> list[Verdict]:
    """One verdict per declared reconciliation, in their order.

    Args:
        declared: the reconciliations by id.
        failing: their failing rows, with `COLUMNS`.
    """
    frame = pd.DataFrame([dict(r) for r in failing], columns=pd.Index(COLUMNS))
    frame = frame.astype({"rule": "str", "severity": "str", "is_waived": "bool"})
    asked = [
        all_waived(entry, severity)
        for entry in declared.values()
        for severity in sorted({entry.severity, *frame["severity"][frame["rule"] == entry.id]})
    ]
    results = judged(frame, asked, rows=True, name=SUITE)
    open_rows = {
        (r.expectation_config.meta["rule"], r.expectation_config.meta["severity"]): tuple(
            r.result["unexpected_index_list"]
        )
        for r in results
    }
    return [_verdict(rule, int((frame["rule"] == rule).sum()), open_rows) for rule in declared]


def _verdict(
    rule: str, failing_count: int, open_rows: Mapping[tuple[str, str], tuple[int, ...]]
) -> Verdict:
    rows = sorted(place for (of, _), places in open_rows.items() if of == rule for place in places)
    return Verdict(
        rule=rule,
        failing_count=failing_count,
        open_count=len(rows),
        error_count=len(open_rows.get((rule, ERROR), ())),
        rows=tuple(rows),
    )


def all_waived(entry: Reconciliation, severity: str | None = None) -> Any:
    """The expectation of one reconciliation: nobody has to be told of a failing row.

    Args:
        entry: the reconciliation.
        severity: of the rows asked for, where it is not the entry's own.
    """
    from great_expectations.expectations import ExpectColumnValuesToBeInSet
    from great_expectations.expectations.row_conditions import Column

    stated = severity or entry.severity
    return ExpectColumnValuesToBeInSet(
        column="is_waived",
        value_set=[True],
        row_condition=(Column("rule") == entry.id) & (Column("severity") == stated),
        severity=SEVERITIES[stated],
        meta={"rule": entry.id, "severity": stated, "columns": list(COLUMNS[2:6])},
    )
