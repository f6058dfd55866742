"""Figures of corrected, handed-on and merged returns, counted by dbt from raw Parquet."""

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from dbt.cli.main import dbtRunner

from expectations.contract import contracts
from orchestration.intake.landing.land_register import TABLES, write_register
from orchestration.settings import DBT_PROJECT

Row = dict[str, Any]
Figure = Callable[..., float | None]
STAGED = "stg_returns__"
FORMS = sorted(
    f.stem.removeprefix(STAGED) for f in DBT_PROJECT.glob(f"models/staging/{STAGED}*.sql")
)
LINEAGE = {
    "person_key": pa.string(),
    "return_id": pa.string(),
    "file_sha256": pa.string(),
    "sheet": pa.string(),
    "row_no": pa.int64(),
    "unit_code": pa.string(),
    "version": pa.int32(),
    "received_at": pa.timestamp("us"),
}
NOT_SAID = dict.fromkeys(TABLES["returns"][1].names)


class Raw:
    """Raw Parquet as landing would leave it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.returns: list[Row] = []
        for form in FORMS:
            self._write(form, "0000-00", "empty", [])

    def _write(self, form: str, period: str, name: str, rows: list[Row]) -> None:
        columns = {c.name: pa.type_for_alias(c.arrow_type) for c in contracts()[form].columns}
        folder = self.root / form / f"period={period}"
        folder.mkdir(parents=True, exist_ok=True)
        table = pa.Table.from_pylist(rows, schema=pa.schema({**columns, **LINEAGE}))
        pq.write_table(table, folder / f"{name}.parquet")

    def state(self, form: str, unit: str, period: str, rows: list[Row], version: int = 1) -> None:
        """One accepted return: the rows of one form of one unit for one period."""
        return_id = f"{form}-{unit}-{period}-{version}"
        year, month = map(int, period.split("-"))
        received_at = datetime.combine(
            date(year + month // 12, month % 12 + 1, 2 + version), time.min
        )
        made = {"return_id": return_id, "unit_code": unit, "version": version}
        made |= {"received_at": received_at, "file_sha256": "0" * 64}
        landed = [
            {"row_no": i, "person_key": r.get("person_no"), **r, **made} for i, r in enumerate(rows)
        ]
        self._write(form, period, return_id, landed)
        made |= {"form": form, "period": period, "outcome": "accepted", "is_nil": not rows}
        self.returns.append(made)

    def close(self) -> None:
        """Write the register."""
        write_register(self.root, {"returns": [NOT_SAID | r for r in self.returns]})


def _corrections(raw: Raw) -> None:
    """A tally corrected once, and a lead handed on from OFF01 to OFF02."""
    raw.state("activities", "BGS01", "2023-01", [{"item_code": "A0101", "month_quantity": 9.0}])
    raw.state("activities", "BGS01", "2023-01", [{"item_code": "A0101", "month_quantity": 2.0}], 2)
    raw.state("activities", "BGS01", "2023-02", [{"item_code": "A0101", "month_quantity": 3.0}])
    lead = {"lead_no": "XS2023000500", "person_no": "RY00000301", "source_code": "21"}
    lead |= {"received_on": date(2023, 1, 5), "stat_on": date(2023, 1, 5), "status_code": "10"}
    lead |= {"is_duplicate": False, "is_staff": False}
    handed_on = {"status_code": "70", "closed_on": date(2023, 3, 10)}
    handed_on |= {"closed_stat_on": date(2023, 3, 10), "outcome_code": "7"}
    raw.state("leads", "OFF01", "2023-01", [lead])
    raw.state("leads", "OFF01", "2023-03", [lead | handed_on])
    raw.state("leads", "OFF01", "2023-05", [lead | handed_on])
    raw.state("leads", "OFF02", "2023-04", [lead])


def _merger(raw: Raw) -> None:
    """TWN05 and TWN06 become TWN19, which takes over their cases."""

    def cases(year: int, *numbers: int) -> list[Row]:
        stated = {"source_code": "21", "origin_code": "1", "stat_on": date(year, 2, 1)}
        persons = [{"person_no": f"RY{year}{n:04}", "case_no": f"LA{year}{n:06}"} for n in numbers]
        return [stated | person for person in persons]

    raw.state("cases", "TWN05", "2022-02", cases(2022, 1, 2))
    raw.state("cases", "TWN06", "2022-02", cases(2022, 3))
    raw.state("cases", "TWN05", "2023-03", cases(2023, 901, 902, 903))
    raw.state("cases", "TWN06", "2023-03", [])
    later = {"case_no": "LA2023000904", "person_no": "RY20230904", "stat_on": date(2023, 5, 4)}
    taken_over = cases(2023, 901, 902, 903)
    raw.state("cases", "TWN19", "2023-05", [*taken_over, taken_over[0] | later])


@pytest.fixture(scope="module")
def figure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Figure]:
    """Look up a figure of the one warehouse that all tests read."""
    root = tmp_path_factory.mktemp("figures")
    raw = Raw(root / "raw")
    for tell in (_corrections, _merger):
        tell(raw)
    raw.close()
    where = ["--project-dir", str(DBT_PROJECT), "--profiles-dir", str(DBT_PROJECT)]
    where += ["--target-path", str(root / "target"), "--log-path", str(root / "logs")]
    told = {"raw": str(root / "raw"), "period": "2023-07", "as_of": "2023-08-31 23:59:59"}
    where += ["--vars", json.dumps(told), "--quiet"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JIJIAN_WAREHOUSE", str(root / "warehouse.duckdb"))
        assert dbtRunner().invoke(["seed", *where]).success
        assert dbtRunner().invoke(["run", "--select", "+rpt_indicators", *where]).success
    with duckdb.connect(str(root / "warehouse.duckdb")) as con:

        def look_up(
            indicator: str, period: str, unit: str, part: str = "", column: str = "value"
        ) -> float | None:
            key = [indicator, period, unit, part]
            where = "(indicator, period, unit_code, slice) = (?, ?, ?, ?)"
            sql = f"select {column} from marts.rpt_indicators where {where}"
            found = con.execute(sql, key).fetchall()
            assert len(found) == 1, (key, found)
            return found[0][0]

        yield look_up


def test_a_corrected_return_replaces_the_earlier_version(figure: Figure) -> None:
    assert figure("standing_committee_meeting_cnt", "2023-01", "QX00") == 2
    assert figure("standing_committee_meeting_cnt", "2023-02", "BGS01") == 5


def test_a_unit_that_has_not_reported_has_no_tally(figure: Figure) -> None:
    assert figure("standing_committee_meeting_cnt", "2023-03", "BGS01") is None
    assert figure("standing_committee_meeting_cnt", "2023-03", "QX00") == 5


@pytest.mark.parametrize(
    ("period", "held_by"), [("2023-02", "OFF01"), ("2023-03", "OFF01"), ("2023-05", "OFF02")]
)
def test_a_lead_in_transit_stays_open_until_the_new_unit_lists_it(
    figure: Figure, period: str, held_by: str
) -> None:
    units = ("OFF01", "OFF02")
    assert [u for u in units if figure("lead_open_cnt", period, u)] == [held_by]


def test_a_merged_town_takes_over_the_cases_of_its_predecessors(figure: Figure) -> None:
    assert figure("unit_case_filed_cnt", "2023-03", "TWN05") == 3
    assert figure("unit_case_filed_cnt", "2023-03", "TWN06") == 0
    assert figure("unit_case_filed_cnt", "2023-07", "TWN19") == 4
    assert figure("unit_case_filed_cnt", "2023-07", "TWN19", column="value_last_year") == 3
    assert figure("sup_network_unit_cnt", "2023-03", "QX00") == 35
    assert figure("sup_network_unit_cnt", "2023-07", "QX00") == 34


@pytest.mark.parametrize(
    ("indicator", "unit", "change", "change_rate"),
    [
        ("unit_case_filed_cnt", "TWN19", 1, 1 / 3),
        ("self_case_share", "TWN19", 0, None),  # a ratio changes in points only
        ("lead_accepted_cnt", "QX00", 1, None),  # nothing last year to be a share of
        ("lead_open_cnt", "QX00", None, None),  # as of a day: not compared
    ],
)
def test_the_change_against_last_year_is_a_figure_where_both_years_have_one(
    figure: Figure, indicator: str, unit: str, change: float | None, change_rate: float | None
) -> None:
    assert figure(indicator, "2023-07", unit, column="change") == change
    assert figure(indicator, "2023-07", unit, column="change_rate") == change_rate
