"""Who queries a release finds in it how to open it, what is in it, and queries that run."""

import filecmp
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Page, sync_playwright

from expectations.contract import contracts
from orchestration.analysts import COOKBOOK, SOURCES, TOLD, write_docs
from orchestration.analysts.entities import references
from orchestration.settings import Home

CHROMIUM = "/usr/bin/chromium"
QUERIES = sorted(COOKBOOK.glob("*.sql"))
SNIPPETS = re.findall(
    r"^```python (\w+)\n(.*?)^```", (SOURCES / "opening.md").read_text("utf-8"), re.S | re.M
)


@pytest.fixture(scope="module")
def release(released_home: Path) -> Path:
    return (released_home / "releases" / "current").resolve()


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser.new_page(viewport={"width": 1366, "height": 768})
        browser.close()


def test_there_are_twenty_queries_each_with_a_title_and_a_purpose() -> None:
    told = [TOLD.match(path.read_text("utf-8")) for path in QUERIES]
    titles = {found["title"] for found in told if found}
    assert len(titles) == len(QUERIES) == 20


@pytest.mark.parametrize("path", QUERIES, ids=lambda p: p.stem)
def test_a_query_of_the_cookbook_gives_rows_of_a_real_release(release: Path, path: Path) -> None:
    with duckdb.connect(str(release / "jijian.duckdb"), read_only=True) as con:
        kept = release / "docs" / "cookbook" / path.name
        rows = con.execute(kept.read_text("utf-8")).fetchall()
    assert rows
    assert any(value is not None for row in rows for value in row)


@pytest.mark.parametrize(("name", "code"), SNIPPETS, ids=[name for name, _ in SNIPPETS])
def test_the_way_to_open_a_release_works_as_it_is_printed(
    release: Path, name: str, code: str
) -> None:
    command = [sys.executable, "-c", code]
    made = subprocess.run(command, cwd=release, capture_output=True, text=True, check=False)
    assert made.returncode == 0, f"{name}: {made.stderr}"
    assert made.stdout.strip()


def test_every_page_opens_by_itself_and_every_link_leads_somewhere(
    release: Path, page: Page
) -> None:
    docs = release / "docs"
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: wrong.append(request.url))
    page.on("console", lambda message: wrong.append(message.text))
    pages = sorted(docs.rglob("*.html"))
    assert len(pages) > len(contracts()) + 6
    for path in pages:
        page.goto(path.as_uri())
        assert page.locator("h1").count() == 1, path
        hrefs = page.eval_on_selector_all("a", "all => all.map(a => a.getAttribute('href'))")
        for href in hrefs:
            name, _, anchor = href.partition("#")
            place = (path.parent / name).resolve() if name else path
            assert place.is_file(), f"{path.name}: {href}"
            assert not anchor or f'id="{anchor}"' in place.read_text("utf-8"), (path.name, href)
    assert all(url.startswith("file://") for url in asked)
    assert not wrong


def test_every_table_and_column_of_the_release_is_explained(release: Path) -> None:
    text = (release / "docs" / "tables.html").read_text("utf-8")
    with duckdb.connect(str(release / "jijian.duckdb"), read_only=True) as con:
        columns = con.execute(
            "select table_name, column_name, comment from duckdb_columns()"
            " where schema_name = 'marts'"
        ).fetchall()
    for table, column, comment in columns:
        part = text.partition(f'<h2 id="marts.{table}">')[2].partition("<h2")[0]
        assert f"<code>{column}</code>" in part, (table, column)
        assert comment, f"{table}.{column} 没有说明"


def test_every_mart_is_there_as_parquet(release: Path) -> None:
    with duckdb.connect(str(release / "jijian.duckdb"), read_only=True) as con:
        names = con.execute("select table_name from duckdb_tables()").fetchall()
    assert {f"marts.{n}.parquet" for (n,) in names} == {
        p.name for p in (release / "tables").iterdir()
    }


def test_the_models_page_tells_each_model_and_no_path_of_this_machine(
    release: Path, released_home: Path
) -> None:
    text = (release / "docs" / "models.html").read_text("utf-8")
    for name in ("fct_leads", "int_figures", "recon_r01_late_opinions", "rpt_indicators"):
        assert f'<h2 id="{name}">' in text
    assert str(released_home) not in text


def test_the_diagram_draws_each_form_and_its_references() -> None:
    found = {(r.form, r.column, r.owner) for r in references()}
    assert ("punishments", "case_no", "cases") in found
    assert ("disposals", "lead_no", "leads") in found
    assert ("leads", "petition_no", "petitions") in found
    assert not [r for r in references() if r.form in ("activities", "targets")]


def test_the_same_release_gives_the_same_docs(
    release: Path, released_home: Path, tmp_path: Path
) -> None:
    (tmp_path / "jijian.duckdb").symlink_to(release / "jijian.duckdb")
    write_docs(Home(released_home), tmp_path)
    names = [str(p.relative_to(tmp_path)) for p in (tmp_path / "docs").rglob("*") if p.is_file()]
    assert len(names) > 40
    assert filecmp.cmpfiles(tmp_path, release, names, shallow=False) == (names, [], [])


def test_the_diagram_of_the_release_names_every_form(release: Path, page: Page) -> None:
    page.goto((release / "docs" / "entities.html").as_uri())
    text = page.locator("svg").text_content() or ""
    assert all(c.title in text for c in contracts().values())
