"""What the fact tables of a release hold, and above all what they must not hold."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import duckdb
import pytest
from dbt.cli.main import dbtRunner
from test_figures import Raw

from expectations.contract import contracts
from orchestration.settings import DBT_PROJECT

FACTS = ("petitions", "transfers", "recoveries", "conduct_problems", "campaign_items")
FACTS += ("reforms", "key_tasks", "targets")
OTHERS_LEAD, STAFF_LEAD = "XS2023000001", "XS2023000901"
OTHERS_CASE, STAFF_CASE = "LA2023000001", "LA2023000901"


def _matters(raw: Raw) -> None:
    """One matter of a town, one of the staff office, and rows that hang on them."""
    for unit, lead, case in (
        ("TWN03", OTHERS_LEAD, OTHERS_CASE),
        ("GBJ01", STAFF_LEAD, STAFF_CASE),
    ):
        known = {"lead_no": lead, "person_no": "RY00000101", "status_code": "60"}
        known |= {"received_on": date(2023, 2, 1), "stat_on": date(2023, 2, 1)}
        raw.state("leads", unit, "2023-02", [known])
        filed = {"case_no": case, "lead_no": lead, "person_no": "RY00000101"}
        raw.state("cases", unit, "2023-03", [filed | {"stat_on": date(2023, 3, 1)}])
    persons = {1: (OTHERS_LEAD, OTHERS_CASE), 2: (STAFF_LEAD, STAFF_CASE)}
    sent = [
        {"transfer_no": f"YS202300000{n}", "case_no": case, "person_no": f"RY0000010{n}"}
        | {"amount_wan": 5.0, "judged_on": date(2023, 6, 1), "result_code": "4"}
        for n, (_, case) in persons.items()
    ]
    raw.state("transfers", "OFF01", "2023-06", sent)
    money = [
        {"asset_no": f"CW202300000{n}", "case_no": case, "amount_wan": 1.5}
        for n, (_, case) in persons.items()
    ]
    raw.state("recoveries", "OFF01", "2023-06", money)
    raw.state("recoveries", "GBJ01", "2023-06", [{"asset_no": "CW2023000009", "amount_wan": 2.0}])
    problem = {"problem_no": "ZF2023000001", "happened_on": date(2022, 5, 1)}
    problem |= {"lead_no": OTHERS_LEAD, "rank_code": "50"}
    raw.state("conduct_problems", "TWN03", "2023-04", [problem | {"person_no": "RY00000101"}])
    both = [problem | {"person_no": f"RY0000010{n}", "rank_code": "61"} for n in (1, 2)]
    raw.state("conduct_problems", "TWN03", "2023-05", both)
    petitions = [
        {"petition_no": "XF2023000001", "lead_no": OTHERS_LEAD},
        {"petition_no": "XF2023000002", "lead_no": STAFF_LEAD},
        {"petition_no": "XF2023000003", "handling_unit_code": "GBJ01"},
    ]
    raw.state("petitions", "XFS01", "2023-05", petitions)
    raw.state("petitions", "TWN05", "2023-03", [{"petition_no": "XF2023000004"}])


def _plans(raw: Raw) -> None:
    """Tasks of all kinds, and targets stated in two Januaries and, wrongly, in February."""
    kinds = ("10", "20", "21", "22", "30", "40", "50", "60", "70")
    tasks = [
        {"task_no": f"RW2023{n:04}", "task_kind_code": kind, "title": f"任务{kind}"}
        for n, kind in enumerate(kinds)
    ]
    raw.state("key_tasks", "GBJ01", "2023-06", tasks)

    def target(indicator: str, unit: str, value: float) -> dict[str, Any]:
        return {"indicator_id": indicator, "target_unit_code": unit, "target_value": value}

    raw.state("targets", "BGS01", "2022-01", [target("case_filed_cnt", "OFF02", 9.0)])
    raw.state("targets", "BGS01", "2023-01", [target("case_filed_cnt", "OFF03", 1.0)])
    corrected = [target("case_filed_cnt", "OFF01", 12.0), target("lead_close_rate", "QX00", 60.0)]
    raw.state("targets", "BGS01", "2023-01", corrected, version=2)
    raw.state("targets", "BGS01", "2023-02", [target("case_filed_cnt", "OFF01", 99.0)])


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The facts as of July 2023, built by dbt from raw Parquet."""
    root = tmp_path_factory.mktemp("facts")
    raw = Raw(root / "raw")
    _matters(raw)
    _plans(raw)
    raw.close()
    where = ["--project-dir", str(DBT_PROJECT), "--profiles-dir", str(DBT_PROJECT)]
    where += ["--target-path", str(root / "target"), "--log-path", str(root / "logs")]
    told = {"raw": str(root / "raw"), "period": "2023-07", "as_of": "2023-08-31 23:59:59"}
    where += ["--vars", json.dumps(told), "--quiet"]
    chosen = [f"+fct_{form}" for form in FACTS] + ["+rpt_returns"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JIJIAN_WAREHOUSE", str(root / "warehouse.duckdb"))
        assert dbtRunner().invoke(["seed", *where]).success
        assert dbtRunner().invoke(["run", "--select", *chosen, *where]).success
    with duckdb.connect(str(root / "warehouse.duckdb")) as con:
        yield con


def test_rows_of_the_staff_offices_matters_are_in_no_fact(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    def numbers(form: str) -> set[str]:
        key = contracts()[form].key[0]
        return {r[0] for r in warehouse.sql(f"select {key} from marts.fct_{form}").fetchall()}

    assert numbers("petitions") == {"XF2023000001", "XF2023000004"}
    assert numbers("transfers") == {"YS2023000001"}
    assert numbers("recoveries") == {"CW2023000001"}


def test_no_fact_holds_a_person_number_or_what_must_stay_in_staging(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    kept_back = {"person_no", "amount_wan", "supplement_count", "happened_on"}
    kept_back |= {"prosecuted_on", "nonprosecuted_on", "judged_on"}
    for form in ("transfers", "conduct_problems"):
        names = {r[0] for r in warehouse.sql(f"describe marts.fct_{form}").fetchall()}
        assert "person_key" in names
        assert not names & kept_back


def test_tasks_assigned_or_urged_by_leaders_have_no_title(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    rows = warehouse.sql("select task_kind_code, title from marts.fct_key_tasks").fetchall()
    assert {k for k, title in rows if title is None} == {"50", "60", "70"}
    assert {k for k, title in rows if title == f"任务{k}"} == {"10", "20", "21", "22", "30", "40"}


def test_only_the_januarys_newest_targets_of_the_year_count_and_rates_are_fractions(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    columns = "indicator_id, target_unit_code, target_value"
    rows = warehouse.sql(f"select {columns} from marts.fct_targets").fetchall()
    assert set(rows) == {("case_filed_cnt", "OFF01", 12.0), ("lead_close_rate", "QX00", 0.6)}
    last_year = "select target_unit_code from intermediate.int_cur_targets"
    cut = "where cut_period = '2022-12' and basis = 'this'"
    assert warehouse.sql(f"{last_year} {cut}").fetchall() == [("OFF02",)]


def test_the_newest_statement_of_each_person_of_a_problem_counts(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    columns = "person_key, rank_code, period"
    rows = warehouse.sql(f"select {columns} from marts.fct_conduct_problems").fetchall()
    assert set(rows) == {("RY00000101", "61", "2023-05"), ("RY00000102", "61", "2023-05")}


def test_a_petition_of_a_merged_town_counts_under_its_successor(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    where = "where petition_no = 'XF2023000004'"
    columns = "unit_code, rolled_up_unit_code"
    rows = warehouse.sql(f"select {columns} from marts.fct_petitions {where}").fetchall()
    assert rows == [("TWN05", "TWN19")]


def test_who_must_report_follows_the_contracts_and_yearly_forms_only_january(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    def owed(period: str) -> dict[str, set[str]]:
        sql = "select form, list(distinct left(unit_code, 3)) from marts.rpt_returns"
        rows = warehouse.execute(f"{sql} where period = ? group by form", [period]).fetchall()
        return {form: set(types) for form, types in rows}

    monthly = {f: set(c.owed_by) for f, c in contracts().items() if c.kind != "yearly"}
    assert owed("2023-07") == monthly
    assert owed("2023-01") == monthly | {"targets": {"BGS"}}
