"""Parts of figures recomputed from the cells that are listed, and every printed id resolved."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
import sqlglot
from as_printed import as_printed
from docx import Document
from sqlglot import exp
from test_explain import PERIODS, Cells, Count, cells, different, explain, figures, last_day

from expectations.contract import contracts
from expectations.reconciliation import reconciliations
from orchestration.documents.products import write_notices
from orchestration.documents.verb import _read_figures
from orchestration.lineage.behind import rows_behind
from orchestration.release.releases import Release, read_release
from orchestration.settings import REPORTS
from orchestration.site.build import lay_about
from orchestration.site.sources import standalone
from reports.bulletin.products import speech_workbook, tables_workbook
from reports.bulletin.sections import bulletin
from reports.bulletin.word import write_docx
from reports.products.lists import lists_of
from reports.products.supervision import supervision_workbook

PERIOD = PERIODS[-1]
ASKED = 60  # ids that the verb is asked for, spread over all that are printed
FEW_UNITS = ("TWN01", "DIS01", "XFS01")
PARTS: dict[str, tuple[str, Count]] = {
    "petition_signed": ("petitions", different("信访编号")),
    "petition_channel": ("petitions", different("信访编号")),
    "lead_source": ("leads", different("线索编码")),
    "lead_method": ("disposals", different("线索编码")),
    "case_discipline": ("cases", lambda rows, _: len(rows)),
    "filed": ("cases", lambda rows, _: len(rows)),
    "public": ("punishments", different("人员编码")),
    "party_punishment": ("punishments", different("人员编码")),
    "gov_punishment": ("punishments", different("人员编码")),
    "recovery_kind": ("recoveries", lambda rows, _: sum(r["金额"] for r in rows)),
    "problem": ("conduct_problems", different("问题编号")),
    "handled": ("conduct_problems", different("人员编码")),
    "disciplined": ("conduct_problems", different("人员编码")),
}


@pytest.fixture(scope="module")
def release(released_home: Path) -> Release:
    return read_release((released_home / "releases" / "current").resolve())


@pytest.fixture(scope="module")
def asked(release: Release) -> Iterator[duckdb.DuckDBPyConnection]:
    """The release's marts with what the site lays beside them."""
    with duckdb.connect() as con:
        con.execute(f"attach '{release.database}' as released (read_only)")
        con.execute("create schema marts")
        for (name,) in con.execute(
            "select table_name from duckdb_tables() where database_name = 'released'"
        ).fetchall():
            con.execute(f"create view marts.{name} as from released.marts.{name}")
        lay_about(con, release.path.name, "2023-04-12 12:00:00", False)
        yield con


def rows_of(con: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    found = con.execute(standalone(REPORTS / "queries", query))
    names = [d[0] for d in found.description or []]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def test_parts_are_recomputed_from_the_listed_cells_alone(
    released_home: Path, asked: duckdb.DuckDBPyConnection
) -> None:
    printed = [
        r
        for r in rows_of(asked, "part_figures")
        if r["period"] == PERIOD and r["value"] and r["denominator"] is None
    ]
    wrong, done = [], set()
    with figures(released_home, PERIOD) as con:
        for row in printed:
            subject = row["slice"].split(":")[0]
            if subject not in PARTS:
                continue
            form, count = PARTS[subject]
            listed = rows_behind(con, row["indicator"], row["unit_code"], row["slice"])
            own: list[Cells] = [cells(released_home, r) for r in listed if r["form"] == form]
            counted = count(own, last_day(PERIOD))
            if counted != pytest.approx(row["value"]):
                wrong.append((row["number_id"], row["value"], counted))
            done.add(subject)
    assert not wrong, wrong
    assert done == PARTS.keys()
    whole = [r for r in printed if r["number_id"].startswith("petition_cnt@QX00/petition_signed")]
    assert len({r["value"] for r in whole}) > 1  # else the rows of the whole would do as well


def test_the_release_counts_the_rows_of_parts_and_of_the_wholes_of_shares(
    released_home: Path, asked: duckdb.DuckDBPyConnection
) -> None:
    counted: dict[str, int] = {}
    for row in rows_of(asked, "passport_rows"):
        counted[row["number_id"]] = counted.get(row["number_id"], 0) + row["row_count"]
    parts = {r["number_id"]: r for r in rows_of(asked, "part_figures") if r["period"] == PERIOD}
    part, share = (parts[f"petition_cnt@QX00/petition_signed:1{end}"] for end in ("", ":share"))
    with figures(released_home, PERIOD) as con:
        own = rows_behind(con, "petition_cnt", "QX00", "petition_signed:1")
        whole = rows_behind(con, "petition_cnt", "QX00", "class1")
    assert counted[part["rows_number_id"]] == len(own) < len(whole)
    assert counted[share["rows_number_id"]] == len(whole)
    told = explain(released_home, share["number_id"], part["number_id"])
    assert [line for line in told.stdout.splitlines() if line.startswith("来源行")] == [
        f"来源行　共 {len(rows)} 行" for rows in (whole, own)
    ]


def noted(path: Path) -> Iterator[str]:
    for sheet in openpyxl.load_workbook(path):
        for row in sheet.iter_rows():
            yield from (str(c.comment.text) for c in row if c.comment)


def indexed(path: Path) -> Iterator[str]:
    """The ids of the appendix, those of parts as its note says they are made."""
    (table,) = (t for t in Document(str(path)).tables if t.cell(0, 1).text == "数字编号")
    for row in table.rows[1:]:
        whole = row.cells[1].text
        parts = re.findall(r"(?:^|；)(/[\w:]+) ", row.cells[2].text)
        bare = [""] if re.search(r"(?:^|；)[^/]", row.cells[2].text) else []
        yield from (whole + part for part in [*bare, *parts])


@pytest.fixture(scope="module")
def printed(
    release: Release, asked: duckdb.DuckDBPyConnection, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, set[str]]:
    """Every id by the file or the query of pages that prints it."""
    place = tmp_path_factory.mktemp("printed")
    read = _read_figures(release, PERIOD, "month")
    lists = lists_of(release.database, PERIOD)
    for name, write in (("speech", speech_workbook), ("tables", tables_workbook)):
        write(*read, place / f"{name}.xlsx")
    supervision_workbook(read[0], lists, *read[1:], place / "supervision.xlsx")
    write_notices(release, *read, place, FEW_UNITS)
    found = {p.name: set(noted(p)) for p in place.glob("*.xlsx")}
    docx = write_docx(bulletin(*read), {}, place / "bulletin.docx")
    found["bulletin.docx"] = set(indexed(docx))
    for path in sorted((REPORTS / "sources" / "internal").glob("*.sql")):
        rows = asked.execute(path.read_text(encoding="utf-8"))
        names = [d[0] for d in rows.description or []]
        links = [str(v) for row in rows.fetchall() for v in row if "&number=" in str(v)]
        own = {n.split("&number=")[1] for n in links if f"period={PERIOD}&" in n}
        if "passport" in names or "page" in names or own:
            found[path.stem] = own
    return found


def unresolved(home: Path, con: duckdb.DuckDBPyConnection, ids: set[str]) -> set[str]:
    """Those that are no figure of the release; a spread of the others is asked of the verb."""
    known = {
        r["number_id"]
        for query in ("indicator_figures", "part_figures")
        for r in rows_of(con, query)
        if r["period"] == PERIOD
    }
    there = sorted(ids & known)
    spread = there[:: max(len(there) // ASKED, 1)]
    told = explain(home, *spread)
    assert told.returncode == 0, told.stderr
    answered = [line.split("　")[1] for line in told.stdout.splitlines() if line[:3] == "编号　"]
    assert answered == spread
    return ids - known


def test_every_printed_id_is_resolved(
    released_home: Path, asked: duckdb.DuckDBPyConnection, printed: dict[str, set[str]]
) -> None:
    every = set().union(*printed.values())
    files = [name for name in printed if "." in name]
    assert len(files) == 4 + len(FEW_UNITS)
    assert all(printed[name] for name in files)
    assert sum(bool(ids) for ids in printed.values()) > len(files) + 10  # pages have links
    assert {"page_lines", "breakdowns", "conduct_levels"} & printed.keys()
    assert any("/problem:" in i for i in printed["bulletin.docx"])
    false = {"case_filed_cnt@QX98", "eight_rules_problem_cnt@QX00/problem:Z9:all"}
    assert unresolved(released_home, asked, every | false) == false
    for number in sorted(false):
        told = explain(released_home, number)
        assert told.returncode == 2 and f"没有编号为 {number} 的数字" in told.stderr


def test_cells_of_the_conduct_table_print_what_their_ids_say(
    release: Release, asked: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    texts = {
        r["number_id"]: r["text"].strip()
        for query in ("indicator_figures", "part_figures")
        for r in rows_of(asked, query)
        if r["period"] == PERIOD
    }
    path = tables_workbook(*_read_figures(release, PERIOD, "month"), tmp_path / "tables.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))["表5 八项规定"]
    marked = [c for row in sheet.iter_rows(min_row=5) for c in row if c.comment]
    assert {c.comment.text: as_printed(c) for c in marked if c.comment} == {
        c.comment.text: texts[str(c.comment.text)] for c in marked if c.comment
    }
    numbers = [c for row in sheet.iter_rows(min_row=5, min_col=3) for c in row if c.value != "—"]
    assert len(marked) >= len(numbers) > 100


def test_a_passport_lists_only_the_rules_that_watch_over_its_forms(
    asked: duckdb.DuckDBPyConnection,
) -> None:
    listed: dict[str, set[str]] = {}
    for row in rows_of(asked, "passport_rules"):
        if row["unit_code"] == "QX00":
            listed.setdefault(row["indicator"], set()).add(row["rule"])
    assert {"R10", "R37", "R51"} <= listed["petition_cnt"]
    assert not listed["petition_cnt"] & {"R01", "R08", "R18", "R24", "R34", "R57"}
    assert {"R08", "R09"} <= listed["lead_open_cnt"]  # mended in the register, seen in the ledger
    assert "R18" in listed["eight_rules_problem_cnt"]
    assert "R18" not in listed["lead_open_cnt"]


def test_the_forms_of_a_rule_are_those_that_its_model_names(released_home: Path) -> None:
    """As far as the model names them as words; others take them from the rows they read."""
    compiled = released_home / "warehouse" / "dbt" / "compiled"
    checked = 0
    for rule in reconciliations().values():
        assert set(rule.forms) <= contracts().keys()
        (path,) = compiled.rglob(f"{rule.model}.sql")
        tree = sqlglot.parse_one(path.read_text(encoding="utf-8"), dialect="duckdb")
        named = {
            a.this.name
            for a in tree.find_all(exp.Alias)
            if a.alias == "form" and isinstance(a.this, exp.Literal)
        }
        assert named <= set(rule.watched or contracts()), rule.id
        checked += bool(named)
    assert checked > 40
