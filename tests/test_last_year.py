"""Last year's figure comes from that year's last final release, else from what was known then."""

import json
from collections.abc import Iterator
from datetime import date, datetime

import duckdb
import pytest
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner
from test_figures import Raw, Row

from orchestration.intake.landing.land_register import write_table
from orchestration.release.earlier import land_earlier, releases_read
from orchestration.release.publish import publish
from orchestration.settings import DBT_PROJECT, Home

THEN, NOW = "2022-04", "2023-04"
KNOWN = {THEN: "2022-06-30 23:59:59", NOW: "2023-05-31 23:59:59"}
Figure = tuple[float | None, bool]


def _cases(year: int, first: int, count: int) -> list[Row]:
    case = {"party_filed_on": date(year, 4, 3), "stat_on": date(year, 4, 3), "origin_code": "1"}
    case |= {"status_code": "20", "source_code": "21"}
    numbers = range(first, first + count)
    return [case | {"case_no": f"LA{year}{n:06}", "person_no": f"RY{n:08}"} for n in numbers]


def _build(home: Home, period: str, *words: str) -> None:
    where = ["--project-dir", str(DBT_PROJECT), "--profiles-dir", str(DBT_PROJECT), "--quiet"]
    where += ["--target-path", str(home.root / "target"), "--log-path", str(home.root / "logs")]
    told = {"raw": str(home.raw), "period": period, "as_of": KNOWN[period]}
    assert dbtRunner().invoke([*words, *where, "--vars", json.dumps(told)]).success
    DuckDBConnectionManager.close_all_connections()  # publishing opens the file for itself


def _last_year(home: Home) -> dict[str, Figure]:
    with duckdb.connect(str(home.warehouse), read_only=True) as con:
        found = con.execute(
            "select unit_code, value_last_year, is_last_year_computed from marts.rpt_indicators"
            " where indicator = 'case_filed_cnt' and period = ? and slice = ''",
            [NOW],
        ).fetchall()
    return {unit: (value, is_computed) for unit, value, is_computed in found}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """Two towns in 2022, one of them corrected after the close; their successor in 2023."""
    place = Home(tmp_path_factory.mktemp("last_year"))
    raw = Raw(place.raw)
    raw.state("cases", "TWN05", THEN, _cases(2022, 1, 2))
    raw.state("cases", "TWN06", THEN, _cases(2022, 11, 1))
    raw.state("cases", "TWN06", THEN, _cases(2022, 11, 3), version=20)  # received on the 22nd
    raw.state("cases", "OFF01", THEN, _cases(2022, 21, 4))
    raw.state("cases", "TWN19", NOW, _cases(2023, 1, 6))
    raw.close()
    place.warehouse.parent.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JIJIAN_WAREHOUSE", str(place.warehouse))
        _build(place, THEN, "seed")
        _build(place, THEN, "run", "--exclude", "path:models/reconciliations")
        publish(place, THEN, KNOWN[THEN], is_provisional=False)
        _build(place, NOW, "run", "--exclude", "path:models/reconciliations")
        yield place


def test_without_a_release_it_is_what_was_known_when_the_period_closed(home: Home) -> None:
    figures = _last_year(home)
    assert figures["TWN19"] == (3.0, True)
    assert figures["QX00"] == (7.0, True)


def test_a_final_release_answers_with_closed_units_rolled_up(home: Home) -> None:
    land_earlier(home, NOW, datetime.fromisoformat(KNOWN[NOW]))
    _build(home, NOW, "run", "--select", "int_frozen_figures+")
    figures = _last_year(home)
    assert figures["TWN19"] == (5.0, False)
    assert figures["QX00"] == (9.0, False)
    assert figures["OFF01"] == (4.0, False)
    made = publish(home, NOW, KNOWN[NOW], is_provisional=False)
    manifest = json.loads((made.path / "manifest.json").read_text(encoding="utf-8"))
    (read,) = manifest["earlier_releases"]
    assert read.startswith(f"{THEN}_")


def test_a_provisional_release_or_one_known_later_answers_nothing(home: Home) -> None:
    assert releases_read(home, NOW, datetime.fromisoformat("2022-06-29")) == []
    with duckdb.connect(str(home.warehouse)) as con:
        con.execute("delete from marts.rpt_findings")
        con.execute(
            "insert into marts.rpt_indicators select * replace ('x' as slice)"
            " from marts.rpt_indicators limit 1"
        )
    other = publish(home, THEN, "2022-07-31 23:59:59", is_provisional=True)
    assert other.id not in releases_read(home, NOW, datetime.fromisoformat("2023-05-31"))


def test_a_finding_stands_since_the_release_of_the_period_before_says(home: Home) -> None:
    """R51 of a return that was missing in the period before already."""
    row = {"rule": "R51", "form": "leads", "unit_code": "OFF02", "key": ""}
    judged = row | {"severity": "warning", "period": NOW, "message": "应报未报", "is_waived": False}
    write_table(home.raw, "judged", [judged, judged | {"unit_code": "OFF03"}])
    write_table(home.raw, "earlier_findings", [row | {"first_period": "2023-01"}])
    _build(home, NOW, "run", "--select", "rpt_findings")
    with duckdb.connect(str(home.warehouse), read_only=True) as con:
        found = con.execute(
            "select unit_code, first_period, effect from marts.rpt_findings order by unit_code"
        ).fetchall()
    assert [row[:2] for row in found] == [("OFF02", "2023-01"), ("OFF03", NOW)]
    assert "lead_accepted_cnt" in [figure["indicator"] for figure in found[0][2]]
