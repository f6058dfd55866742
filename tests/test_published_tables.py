"""Published totals, from ledgers that have them, through dbt into the tables that are printed."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from as_printed import sheets_as_printed
from dbt.cli.main import dbtRunner
from published_ledgers import TOTALS, conduct, told
from test_figures import Raw

from orchestration.settings import DBT_PROJECT, LOCAL, REPORTS
from orchestration.site.sources import standalone
from reports.bulletin.content import Source
from reports.bulletin.figures import figures_of
from reports.bulletin.products import tables_workbook
from reports.bulletin.wording import span

Sheets = dict[str, list[list[Any]]]
MODELS = ["+rpt_identities", "+rpt_returns", "+rpt_compositions", "+rpt_corrections", "+rpt_parts"]
MODELS += ["path:models/marts/dim_*.sql"]
FINDINGS = (
    "create table marts.rpt_findings (rule text, severity text, period text, unit_code text,"
    " key text, message text, is_waived boolean)"
)
BUILT = ("2021-12", "2023-03")  # two warehouses; each holds its year and the year before
HEAD = 4  # rows above the first row of a table


def _dbt(root: Path, period: str, *words: str) -> None:
    where = ["--project-dir", str(DBT_PROJECT), "--profiles-dir", str(DBT_PROJECT)]
    where += ["--target-path", str(root / "target"), "--log-path", str(root / "logs")]
    variables = {"raw": str(root / "raw"), "period": period, "as_of": "2023-12-31 23:59:59"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JIJIAN_WAREHOUSE", str(root / "warehouse.duckdb"))
        words = (*words, *where, "--vars", json.dumps(variables), "--quiet")
        assert dbtRunner().invoke(list(words)).success


@pytest.fixture(scope="module")
def warehouses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """By period, the marts that were built up to it, alone in a file as in a release."""
    found = {}
    for built in BUILT:
        root = tmp_path_factory.mktemp(f"published_{built}")
        raw = Raw(root / "raw")
        for state, kind in ((told, "bulletins"), (conduct, "conduct")):
            for totals in TOTALS[kind]:
                if (totals["stands_for"] < "2022-01") == (built < "2022-01"):
                    state(raw, totals)
                    found[totals["stands_for"]] = root / "jijian.duckdb"
        raw.close()
        _dbt(root, built, "seed")
        _dbt(root, built, "run", "--select", *MODELS)
        _released(root)
    return found


def _released(root: Path) -> None:
    with duckdb.connect(str(root / "warehouse.duckdb")) as con:
        con.execute(FINDINGS)
        con.execute(f"attach '{root / 'jijian.duckdb'}' as release; create schema release.marts")
        listed = "select table_name from duckdb_tables() where schema_name = 'marts'"
        for (name,) in con.execute(f"{listed} and database_name = 'warehouse'").fetchall():
            con.execute(f"create table release.marts.{name} as from marts.{name}")
        con.execute("detach release")


@pytest.fixture(scope="module")
def printed(warehouses: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The sheets of the published tables of a period, read back from the file."""
    read: dict[str, Sheets] = {}

    def sheets(period: str) -> Sheets:
        if period not in read:
            figures = figures_of(warehouses[period], period)
            assert figures is not None
            source = Source(
                release="test",
                as_of=datetime(2023, 12, 31, tzinfo=LOCAL),
                is_provisional=False,
                made_by="test",
                forms={},
            )
            path = tmp_path_factory.mktemp("tables") / "tables.xlsx"
            tables_workbook(figures, span(period), source, path)
            read[period] = sheets_as_printed(path)
        return read[period]

    return sheets


def _by_label(sheet: list[list[Any]], label: int, value: int) -> dict[str, str]:
    return {str(row[label]).strip(): row[value] for row in sheet[HEAD:]}


def _of(kind: str) -> Any:
    return pytest.mark.parametrize("totals", TOTALS[kind], ids=[t["name"] for t in TOTALS[kind]])


@_of("bulletins")
def test_the_counts_of_a_bulletin_are_printed_as_they_were_published(
    printed: Any, totals: dict[str, Any]
) -> None:
    counts = _by_label(printed(totals["stands_for"])["表1 总体情况"], 1, 3)
    labels = {
        "petitions": "接收信访举报",
        "leads": "处置问题线索",
        "cases": "立案",
        "punished": "处分",
        "party": "其中党纪处分",
        "government": "其中政务处分",
        "forms_total": "运用四种形态批评教育和处理",
    }
    said = {key: label for key, label in labels.items() if key in totals}
    shown = {key: int(counts[label]) * totals["scale"] for key, label in said.items()}
    assert len(shown) >= 6
    assert shown == {key: totals[key] for key in said}


@_of("bulletins")
def test_the_order_is_that_of_the_national_bulletins(printed: Any, totals: dict[str, Any]) -> None:
    rows = printed(totals["stands_for"])["表1 总体情况"][HEAD:]
    order = ["信访举报", "问题线索", "立案", "处分", "四种形态", "行贿和移送"]
    assert list(dict.fromkeys(row[0] for row in rows)) == order


@_of("bulletins")
def test_ranks_and_forms_are_printed_with_their_shares(
    printed: Any, totals: dict[str, Any]
) -> None:
    sheets = printed(totals["stands_for"])
    names = {"3": "县处级", "4": "乡科级", "50": "一般干部", "6": "农村、企业等其他人员"}
    ranks = _by_label(sheets["表3 处分职级"], 0, 1)
    expected = totals.get("ranks", {"6": totals["punished"] // totals["scale"]})
    assert {n: int(t) for n, t in ranks.items() if t != "0"} == {
        names[rank]: number for rank, number in expected.items()
    }
    forms = sheets["表4 四种形态"][HEAD:]
    if "forms" in totals:
        assert [int(row[1]) for row in forms] == totals["forms"]
    if "form_shares" in totals:
        assert [row[2] for row in forms] == totals["form_shares"]
    assert sum(int(row[1]) for row in forms) * totals["scale"] == totals["forms_total"]


@_of("conduct")
def test_problems_against_the_eight_rules_are_printed_by_level_and_type(
    printed: Any, totals: dict[str, Any]
) -> None:
    rows = printed(totals["stands_for"])["表5 八项规定"][HEAD:]
    whole = {row[0]: row for row in rows if row[1] == "合计"}
    problems = whole["查处问题（起）"]
    assert [int(cell) for cell in problems[2:7]] == [
        totals["problems"],
        *(totals["levels"].get(level, 0) for level in ("10", "20", "3", "4")),
    ]
    if "persons" in totals:
        assert int(whole["批评教育帮助和处理（人）"][2]) == totals["persons"]
        assert int(whole["其中党纪政务处分（人）"][2]) == totals["punished"]
        assert whole["问题占比（按级别）"][6] == totals["township_share"]
        shares = {row[1].strip(): row[7] for row in rows if row[0] == "查处问题（起）"}
        with duckdb.connect() as con:
            codes = con.sql(
                f"select code, label from read_csv('{DBT_PROJECT}/seeds/code_lists.csv',"
                " all_varchar = true) where list = 'eight_rules_type'"
            ).fetchall()
        assert {c: shares[label] for c, label in codes if c in totals["shares"]} == (
            totals["shares"]
        )


@pytest.mark.parametrize("kind", ["bulletins", "conduct"])
def test_every_identity_holds_and_shows_its_terms(printed: Any, kind: str) -> None:
    for totals in TOTALS[kind]:
        rows = printed(totals["stands_for"])["恒等核对"][HEAD:]
        first, last = (0, 5) if kind == "bulletins" else (5, 8)
        assert [row[3] for row in rows[first:last]] == ["成立"] * (last - first), totals["name"]
        terms = totals.get("ranks" if kind == "bulletins" else "levels")
        if terms:
            shown = "＋".join(str(n) for n in terms.values())
            assert any(str(row[2]).startswith(f"{shown}=") for row in rows), totals["name"]


def test_a_broken_identity_is_printed_as_such(warehouses: dict[str, Path], tmp_path: Path) -> None:
    path = tmp_path / "broken.duckdb"
    path.write_bytes(warehouses["2023-03"].read_bytes())
    with duckdb.connect(str(path)) as con:
        con.execute(
            "update marts.rpt_identities set is_held = false, left_value = 333 where place = 1"
        )
        query = standalone(REPORTS / "queries", "identities")
        rows = con.execute(f"select text, held_text from ({query}) where period = '2023-03'")
        assert rows.fetchall()[0] == ("5＋46＋12＋271=333，应为334", "不成立")


@pytest.mark.parametrize("period", ["2022-06", "2023-03"])
def test_the_page_shows_what_the_workbook_does(
    warehouses: dict[str, Path], printed: Any, period: str
) -> None:
    with duckdb.connect(str(warehouses[period]), read_only=True) as con:
        query = standalone(REPORTS / "queries", "published")
        rows = con.execute(
            f"select heading, label, counter, text from ({query}) where period = ? order by place",
            [period],
        ).fetchall()
    assert rows
    assert [list(row) for row in rows] == [
        row[:4] for row in printed(period)["表1 总体情况"][HEAD:]
    ]
