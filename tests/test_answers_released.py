"""What a release says of answered warnings, up to the last day of their acceptance and after it."""

from pathlib import Path
from typing import Any

import duckdb
import pytest
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from stated import NOW, WAREHOUSE, failing, lead, run
from test_figures import Raw

from expectations.judgement import judge
from expectations.reconciliation import reconciliations
from orchestration.intake.landing.land_register import write_table

RULE = "R60"
LAST_DAY, DAY_AFTER = "2023-08-31", "2023-09-01"
BROKEN = {RULE: {("OFF01", "XS2023000002")}}
WARNING = {"rule": "LD15", "form": "leads", "unit_code": "OFF01", "message": "无信访编号"}
# number of the lead: its answer, and the last days to which that was accepted
SAID: dict[int, tuple[str | None, list[str]]] = {
    1: (None, []),
    2: ("口径不同", ["2023-07-31", LAST_DAY]),
    3: ("待核实", []),
    4: ("属实", ["2023-12-31", LAST_DAY]),
}


def warnings(unit: str, period: str, numbers: range) -> list[dict[str, Any]]:
    return [
        WARNING
        | {"return_id": f"leads-{unit}-{period}-1", "unit_code": unit}
        | {"key": f"XS2023{n:06}", "answer": SAID[n][0], "answer_id": SAID[n][0] and f"a{n}"}
        for n in numbers
    ]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """The warnings as known on both days, and what fails then, by day."""
    root: Path = tmp_path_factory.mktemp("answers")
    raw = Raw(root / "raw")
    raw.state("leads", "OFF01", "2023-06", [lead(1)])
    raw.state("leads", "OFF01", NOW, [lead(n) for n in SAID])
    raw.state("leads", "GBJ01", NOW, [lead(n) for n in SAID])
    raw.close()
    told = warnings("OFF01", NOW, range(1, 5)) + warnings("GBJ01", NOW, range(4, 5))
    write_table(root / "raw", "warnings", warnings("OFF01", "2023-06", range(1, 2)) + told)
    accepted = {"finding": "LD15", "reason": "已核对", "by": "案管室"}
    days = [(n, day) for n, (_, until) in SAID.items() for day in until]
    waivers = [accepted | {"key": f"k{n}", "until": day, "answer": f"a{n}"} for n, day in days]
    waivers.append({"finding": "R12", "key": "LA2023000001", "until": "2023-01"})
    write_table(root / "raw", "waivers", waivers)
    run(root, "seed")
    found = {}
    for day in (LAST_DAY, DAY_AFTER):
        run(root, "run", "--select", "+recon_r60_lapsed_answers", as_of=f"{day} 23:59:59")
        DuckDBConnectionManager.close_all_connections()
        with duckdb.connect(str(root / WAREHOUSE)) as con:
            rows = con.execute(
                "select unit_code, key, answer, is_waived, is_lapsed, waived_until, first_period"
                " from intermediate.int_warnings order by all"
            ).fetchall()
        found[day] = {"warnings": rows, RULE: failing(root / WAREHOUSE, [RULE])[RULE]}
    return found


def standing(found: dict[str, Any]) -> dict[str, tuple[Any, ...]]:
    return {row[1]: row[2:5] for row in found["warnings"] if row[0] == "OFF01"}


def test_an_answer_stands_beside_its_warning_and_is_waived_to_the_last_day(
    built: dict[str, dict[str, Any]],
) -> None:
    assert standing(built[LAST_DAY]) == {
        "XS2023000001": (None, False, False),
        "XS2023000002": ("口径不同", True, False),
        "XS2023000003": ("待核实", False, False),
        "XS2023000004": ("属实", True, False),
    }
    assert standing(built[DAY_AFTER])["XS2023000002"] == ("口径不同", False, True)
    assert standing(built[DAY_AFTER])["XS2023000004"] == ("属实", True, False)


def test_only_the_newest_return_counts_and_says_since_when(
    built: dict[str, dict[str, Any]],
) -> None:
    since = {row[1]: row[6] for row in built[LAST_DAY]["warnings"] if row[0] == "OFF01"}
    assert (since["XS2023000001"], since["XS2023000002"]) == ("2023-06", NOW)


def test_a_lapsed_answer_blocks_a_final_release_and_one_in_time_does_not(
    built: dict[str, dict[str, Any]],
) -> None:
    entry = reconciliations()[RULE]
    blocking = {}
    for day, found in built.items():
        names = ("form", "unit_code", "period", "key", "detail")
        rows = [dict(zip(names, row, strict=True)) for row in found[RULE]]
        told = [r | {"rule": RULE, "severity": entry.severity, "is_waived": False} for r in rows]
        (verdict,) = judge({RULE: entry}, told)
        blocking[day] = verdict.is_blocking
        assert {(r["unit_code"], r["key"]) for r in rows} == (
            BROKEN[RULE] if day == DAY_AFTER else set()
        )
        assert all(LAST_DAY in entry.describe(r) for r in rows)
    assert blocking == {LAST_DAY: False, DAY_AFTER: True}


def test_the_staff_office_is_listed_without_numbers(built: dict[str, dict[str, Any]]) -> None:
    assert [row[1] for row in built[LAST_DAY]["warnings"] if row[0] == "GBJ01"] == [""]
