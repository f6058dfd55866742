"""Every indicator is defined in words, counted, and shown; none of the three alone."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest
from counted import count
from test_figures import Row

from orchestration.render.where_shown import DOCUMENTS, indicators, places
from orchestration.settings import REPORTS
from orchestration.site.build import lay_about
from orchestration.site.sources import queries_on_pages, standalone

PERIOD = "2023-07"
TARGETS: list[Row] = [
    {"indicator_id": "case_filed_cnt", "target_unit_code": "QX00", "direction_code": "1"},
    {"indicator_id": "npl_recovered_wan", "target_unit_code": "OFF03", "direction_code": "1"},
]


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse of a district that has said next to nothing."""
    root = tmp_path_factory.mktemp("catalogue")
    issue = {"issue_no": "ZG2023000001", "problem_source_code": "14", "inspection_round": 3}
    issue |= {"found_on": date(2023, 5, 4), "stat_on": date(2023, 5, 4), "status_code": "20"}
    returns = {
        ("targets", "BGS01", "2023-01"): [t | {"target_value": 60.0} for t in TARGETS],
        ("rectifications", "XCB01", PERIOD): [issue],
    }
    count(root, returns, PERIOD)
    with duckdb.connect(str(root / "warehouse.duckdb")) as con:
        lay_about(con, f"{PERIOD}_x", "2023-08-10 12:00:00", False)
        yield con


def test_every_indicator_defined_is_counted(warehouse: duckdb.DuckDBPyConnection) -> None:
    counted = _column(warehouse, "select distinct indicator from marts.rpt_indicators")
    assert set(indicators()) - counted == set()


def test_every_indicator_counted_is_defined(warehouse: duckdb.DuckDBPyConnection) -> None:
    """Asked of the models before the catalogue is joined: there an unknown one is left out."""
    models = _column(
        warehouse,
        "select table_name from information_schema.tables"
        " where table_name similar to 'int_measures__.*'",
    )
    assert len(models) > 20
    counted = [f"select indicator from intermediate.{model}" for model in sorted(models)]
    assert _column(warehouse, " union ".join(counted)) - set(indicators()) == set()


def test_every_indicator_is_shown(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert {"indicator_definitions", "indicator_figures"} <= set(
        queries_on_pages(REPORTS, "internal")
    )
    for query in ("indicator_definitions", "indicator_figures"):
        sql = standalone(REPORTS / "queries", query)
        shown = _column(warehouse, f"select distinct indicator from ({sql})")
        assert set(indicators()) ^ shown == set(), query


def test_every_figure_shown_says_what_it_is_part_of(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    sql = standalone(REPORTS / "queries", "indicator_figures")
    nameless = f"select indicator || slice from ({sql}) where coalesce(slice_text, '') = ''"
    assert _column(warehouse, nameless) == set()
    labels = standalone(REPORTS / "queries", "slice_labels")
    found = dict(warehouse.execute(f"select slice, slice_text from ({labels})").fetchall())
    assert found["LIV01:cases"] == "民生教育：立案"
    assert (found["rank:41"], found["late"]) == ("乡科级正职", "逾期后提出")
    assert (found["3"], found["3:claimed"]) == ("第3轮", "第3轮自报完成未认定")
    assert found["npl_recovered_wan"] == "已清收不良资产"


def test_definitions_are_sentences_and_ratios_name_what_they_are_shares_of(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    sql = standalone(REPORTS / "queries", "indicator_definitions")
    rows = warehouse.execute(
        "select indicator, unit_of_measure, definition, denominator_text, window_text, tier_text,"
        f" forms_text from ({sql})"
    ).fetchall()
    for indicator, unit, definition, denominator, *words in rows:
        assert definition.endswith("。") and len(definition) > 8, indicator
        assert not re.search(r"count|distinct|where|Σ|CFG|[<>=∈]", definition), indicator
        assert (denominator != "—") >= (unit == "%"), indicator
        assert all(words), indicator


def test_no_two_indicators_bear_one_title(warehouse: duckdb.DuckDBPyConnection) -> None:
    sql = standalone(REPORTS / "queries", "indicator_titles")
    assert len(_column(warehouse, f"select title from ({sql})")) == len(indicators())


def test_the_catalogue_says_where_else_an_indicator_is_shown(tmp_path: Path) -> None:
    pages, queries = tmp_path / "pages", tmp_path / "queries"
    pages.mkdir()
    queries.mkdir()
    for document in DOCUMENTS:
        (tmp_path / document).mkdir()
    (pages / "one.md").write_text("---\ntitle: 甲\nsidebar_position: 2\n---\nfrom site.q\n")
    (pages / "two.md").write_text("---\ntitle: 乙\nsidebar_position: 1\n---\npetition_cnt\n")
    (queries / "q.sql").write_text("select 1 from base")
    (queries / "base.sql").write_text("where i in ('petition_cnt', 'transfer_case_cnt_x')")
    (tmp_path / "bulletin" / "a.py").write_text('f"{group}_case_max_cnt"')
    assert places(tmp_path) == {
        "petition_cnt": ["乙", "甲"],
        **{f"{group}_case_max_cnt": ["通报"] for group in ("town", "office", "disp")},
    }


def _column(con: duckdb.DuckDBPyConnection, sql: str) -> set[str]:
    return {row[0] for row in con.execute(sql).fetchall()}
