"""Rows as units state them, and the failing rows that the models find in them."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import duckdb
import pytest
from dbt.cli.main import dbtRunner
from test_figures import Raw, Row

from expectations.reconciliation import reconciliations
from orchestration.settings import DBT_PROJECT

LAST, NOW = "2023-06", "2023-07"
WAREHOUSE = "warehouse.duckdb"
Returns = Mapping[tuple[str, str, str], Sequence[Row]]  # by form, unit and period
Found = dict[str, list[tuple[str, ...]]]  # failing rows by rule

HANDED_ON = {"status_code": "70", "outcome_code": "7", "closed_on": date(2023, 6, 20)}
HANDED_ON |= {"closed_stat_on": date(2023, 6, 20), "transferred_to_code": "OFF02"}


def lead(number: int, **values: object) -> Row:
    """An open lead of June."""
    row = {"lead_no": f"XS2023{number:06}", "person_no": f"RY{number:08}", "source_code": "21"}
    row |= {"received_on": date(2023, 6, 5), "stat_on": date(2023, 6, 5), "status_code": "20"}
    return row | {"is_duplicate": False, "is_staff": False} | values


def closed(day: date) -> Row:
    """What a closed lead states beside."""
    return {"status_code": "50", "outcome_code": "5", "closed_on": day, "closed_stat_on": day}


def step(number: int, seq_no: int = 1, **values: object) -> Row:
    """An approved step of June without a result."""
    row = {"lead_no": f"XS2023{number:06}", "seq_no": seq_no, "method_code": "2"}
    row |= {"proposed_on": date(2023, 6, 5 + seq_no), "approved_on": date(2023, 6, 15 + seq_no)}
    return row | {"stat_on": date(2023, 6, 15 + seq_no), "has_analysis": True} | values


def filing(number: int, **values: object) -> Row:
    """The filing of that step with the case-management office."""
    row = {"lead_no": f"XS2023{number:06}", "seq_no": 1, "method_code": "2"}
    row |= {"handling_unit_code": "OFF01", "approved_on": date(2023, 6, 16)}
    return row | {"filed_on": date(2023, 6, 16), "stat_on": date(2023, 6, 16)} | values


def registered(number: int, **values: object) -> Row:
    """The lead as the case-management office has it."""
    row = {"lead_no": f"XS2023{number:06}", "registered_on": date(2023, 6, 5), "person_count": 1}
    row |= {"stat_on": date(2023, 6, 5), "signed_on": date(2023, 6, 5), "status_code": "20"}
    row |= {"handling_unit_code": "OFF01", "source_code": "21", "is_duplicate": False}
    return row | values


def case(number: int, **values: object) -> Row:
    """A party case of July from the lead of that number."""
    row = {"case_no": f"LA2023{number:06}", "person_no": f"RY{number:08}", "origin_code": "1"}
    row |= {"party_filed_on": date(2023, 7, 3), "stat_on": date(2023, 7, 3), "status_code": "20"}
    row |= {"filing_kind_code": "1", "rank_code": "61", "political_status_code": "1"}
    return row | {"lead_no": f"XS2023{number:06}", "source_code": "21"} | values


def punished(number: int, no: int = 1, **values: object) -> Row:
    """A party punishment of July in the case of that number."""
    row = {"punish_no": f"CF2023{number * 10 + no:06}", "case_no": f"LA2023{number:06}"}
    row |= {"person_no": f"RY{number:08}", "kind_code": "1", "party_punishment_code": "1"}
    row |= {"rank_code": "61", "political_status_code": "1"}
    return row | {"decided_on": date(2023, 7, 20), "stat_on": date(2023, 7, 20)} | values


def issue(number: int, **values: object) -> Row:
    """A problem of July to be put right."""
    row = {"issue_no": f"ZG2023{number:06}", "problem_source_code": "4", "status_code": "20"}
    return row | {"found_on": date(2023, 7, 5), "stat_on": date(2023, 7, 5)} | values


def petition(number: int, **values: object) -> Row:
    """A petition of July, not yet settled."""
    row = {"petition_no": f"XF2023{number:06}", "class_code": "1", "is_repeat": False}
    return row | {"received_on": date(2023, 7, 5), "stat_on": date(2023, 7, 5)} | values


def tally(**quantities: float) -> list[Row]:
    """The month's values by item."""
    return [{"item_code": item, "month_quantity": float(n)} for item, n in quantities.items()]


def build(root: Path, returns: Returns, rules: Sequence[str] = ()) -> Found:
    """Land the returns, run the models of the rules (all if none is named), and read them."""
    raw = Raw(root / "raw")
    for (form, unit, period), rows in returns.items():
        raw.state(form, unit, period, list(rows))
    raw.close()
    run(root, "seed")
    chosen = [f"+{reconciliations()[r].model}" for r in rules] or ["+path:models/reconciliations"]
    run(root, "run", "--select", *chosen)
    return failing(root / WAREHOUSE, rules)


def again(root: Path, rules: Sequence[str]) -> Found:
    """The failing rows after something in the warehouse was changed by hand."""
    run(root, "run", "--select", *(reconciliations()[r].model for r in rules))
    return failing(root / WAREHOUSE, rules)


def failing(warehouse: Path, rules: Sequence[str] = ()) -> Found:
    """The failing rows as the warehouse has them, with their own severity at the end if any."""
    found: Found = {}
    with duckdb.connect(str(warehouse)) as con:
        for rule in rules or reconciliations():
            model = reconciliations()[rule].model
            found[rule] = con.execute(f"from reconciliations.{model}").fetchall()
    return found


def run(
    root: Path,
    *words: str,
    period: str = NOW,
    as_of: str = "2023-08-31 23:59:59",
    warehouse: str = WAREHOUSE,
) -> None:
    """One command of dbt on what has landed under the folder, in this process."""
    where = ["--project-dir", str(DBT_PROJECT), "--profiles-dir", str(DBT_PROJECT)]
    where += ["--target-path", str(root / "target"), "--log-path", str(root / "logs")]
    told = {"raw": str(root / "raw"), "period": period, "as_of": as_of}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JIJIAN_WAREHOUSE", str(root / warehouse))
        done = dbtRunner().invoke([*words, *where, "--vars", json.dumps(told), "--quiet"])
    assert done.success
