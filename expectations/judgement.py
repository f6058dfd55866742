"""The reconciliations as expectations: Great Expectations judges the failing rows of each.

Beside `suites.py` the only module that imports great_expectations, and only when it judges.
One expectation per declared reconciliation: every failing row of it is waived.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from expectations.finding import ERROR
from expectations.reconciliation import Reconciliation
from expectations.suites import SEVERITIES, judged

SUITE = "reconciliations"
COLUMNS = ("rule", "form", "unit_code", "period", "key", "detail", "is_waived")


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What came of one reconciliation; counts only.

    Attributes:
        rule: id of the reconciliation.
        severity: error or warning.
        failing_count: rows that fail.
        open_count: of these, those that nobody has waived.
        rows: their places in the frame that was judged.
    """

    rule: str
    severity: str
    failing_count: int
    open_count: int
    rows: tuple[int, ...] = ()

    @property
    def is_blocking(self) -> bool:
        """An open error: no final release."""
        return self.severity == ERROR and self.open_count > 0


def judge(
    declared: Mapping[str, Reconciliation], failing: Sequence[Mapping[str, Any]]
) -> list[Verdict]:
    """One verdict per declared reconciliation, in their order.

    Args:
        declared: the reconciliations by id.
        failing: their failing rows, with `COLUMNS`.
    """
    frame = pd.DataFrame([dict(r) for r in failing], columns=pd.Index(COLUMNS))
    frame = frame.astype({"rule": "str", "is_waived": "bool"})
    results = judged(frame, [all_waived(r) for r in declared.values()], rows=True, name=SUITE)
    open_rows = {
        r.expectation_config.meta["rule"]: tuple(r.result["unexpected_index_list"]) for r in results
    }
    return [
        Verdict(
            rule=entry.id,
            severity=entry.severity,
            failing_count=int((frame["rule"] == entry.id).sum()),
            open_count=len(open_rows.get(entry.id, ())),
            rows=open_rows.get(entry.id, ()),
        )
        for entry in declared.values()
    ]


def all_waived(entry: Reconciliation) -> Any:
    """The expectation of one reconciliation: nobody has to be told of a failing row."""
    from great_expectations.expectations import ExpectColumnValuesToBeInSet
    from great_expectations.expectations.row_conditions import Column

    return ExpectColumnValuesToBeInSet(
        column="is_waived",
        value_set=[True],
        row_condition=Column("rule") == entry.id,
        severity=SEVERITIES[entry.severity],
        meta={"rule": entry.id, "severity": entry.severity, "columns": list(COLUMNS[1:5])},
    )
