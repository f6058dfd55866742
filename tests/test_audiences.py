"""What each audience of the data site may see, in every file that is shipped to it."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from browser import PHONE, Visit, chromium, open_page, served, window

from orchestration.settings import REPORTS
from orchestration.site.audience import narrow, shown_pages
from orchestration.site.build import lay_about
from orchestration.site.sources import standalone

LEAST = 3  # small_cell_k of the parameters
# Titles of figures that count persons, leads or cases; months, days and meetings are no persons.
COUNTED = re.compile(r"（(?:人|名|人次|件|起|案|件\(起\)|件\(次\)|条\(件\)|件/人)）")


@pytest.fixture(scope="module")
def marts(released_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the release as it is laid for a site, with nothing taken away yet."""
    path = tmp_path_factory.mktemp("audience") / "release.duckdb"
    shutil.copyfile(released_home / "releases" / "current" / "jijian.duckdb", path)
    with duckdb.connect(str(path)) as con:
        lay_about(con, "2023-03_x", "2023-04-12 12:00:00", False)
    return path


@pytest.fixture(scope="module")
def narrowed(marts: Path) -> Path:
    path = marts.with_name("wide.duckdb")
    shutil.copyfile(marts, path)
    with duckdb.connect(str(path)) as con:
        narrow(con, REPORTS, "wide")
    return path


def rows(path: Path, query: str) -> list[dict[str, object]]:
    with duckdb.connect(str(path), read_only=True) as con:
        found = con.execute(query)
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def units(marts: Path) -> dict[str, str]:
    """By code the short name of every unit, of all times."""
    found = rows(marts, "select unit_code, short_name from marts.dim_unit")
    return {str(row["unit_code"]): str(row["short_name"]) for row in found}


def shipped(home: Path, audience: str) -> Iterator[tuple[Path, str]]:
    """Every file of a built site with its text, columns of Parquet unpacked."""
    folder = (home / "releases" / "current" / "site" / audience).resolve()
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix not in (".wasm", ".woff2", ".woff", ".png", ".ico"):
            text = path.read_bytes().decode("utf-8", "ignore")
            if path.suffix == ".parquet":
                text = str(duckdb.read_parquet(str(path)).fetchall())
            yield path, text


def small(found: list[dict[str, object]]) -> list[dict[str, object]]:
    """Rows that show a number of 1 or 2 persons, leads or cases."""
    return [
        row
        for row in found
        if isinstance(value := row.get("value"), float)
        and 0 < value < LEAST
        and ("part_name" in row or COUNTED.search(str(row.get("title"))))
    ]


def tables(home: Path, audience: str) -> dict[str, list[dict[str, object]]]:
    """Every table of a built site."""
    folder = (home / "releases" / "current" / "site" / audience).resolve()
    return {
        path.stem: [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]
        for path in folder.rglob("*.parquet")
        if (found := duckdb.read_parquet(str(path)))
    }


def test_a_page_of_one_audience_is_not_among_those_of_another() -> None:
    internal, wide = (shown_pages(REPORTS, a) for a in ("internal", "wide"))
    assert wide.keys() < internal.keys()
    assert not [page for page in wide if "units" in page.parts]
    assert "site.unit_cases" in internal[Path("pages/cases.md")]
    assert not re.search(r"site\.(unit|returns|units)\b|site\.unit_", "".join(wide.values()))


def test_the_wide_audience_gets_no_unit_from_any_table_of_the_release(
    marts: Path, narrowed: Path
) -> None:
    codes = set(units(marts))
    for table in ("rpt_indicators", "rpt_parts", "rpt_conduct_levels", "rpt_findings"):
        query = f"select distinct unit_code from marts.{table}"
        assert {r["unit_code"] for r in rows(marts, query)} & codes, table
        assert not {r["unit_code"] for r in rows(narrowed, query)} & codes, table
    assert not rows(narrowed, "from marts.dim_unit")


def test_no_figure_of_fewer_than_three_is_left(marts: Path, narrowed: Path) -> None:
    query = standalone(REPORTS / "queries", "cases")
    assert small(rows(marts, query))  # what is looked for can be found
    for name in (
        "cases",
        "leads",
        "conduct",
        "campaign_figures",
        "code_parts",
        "breakdowns",
        "overview",
    ):
        assert not small(rows(narrowed, standalone(REPORTS / "queries", name))), name


@pytest.mark.parametrize(("table", "part"), [("rpt_parts", "code"), ("rpt_breakdowns", "part")])
def test_what_is_withheld_cannot_be_had_by_subtraction(
    marts: Path, narrowed: Path, table: str, part: str
) -> None:
    """Whatever small cell is withheld, a second one is with it, unless all others are zero."""
    where = "where period = '2023-03'" + (" and unit_code = 'QX00'" if part == "code" else "")
    true = {
        (r["indicator"], r[part]): r["value"] for r in rows(marts, f"from marts.{table} {where}")
    }
    left = {(r["indicator"], r[part]): r for r in rows(narrowed, f"from marts.{table} {where}")}
    assert true.keys() == left.keys()
    hidden = [key for key in left if left[key]["status"] == "suppressed"]
    assert all(left[key]["value"] is None for key in hidden)
    assert {key for key in true if 0 < float(str(true[key])) < LEAST} <= set(hidden)
    for indicator in {name for name, _ in hidden}:
        split = [key for key in true if key[0] == indicator and float(str(true[key])) > 0]
        assert len([key for key in hidden if key[0] == indicator]) >= min(2, len(split))


def test_what_is_withheld_is_printed_as_its_own_mark(narrowed: Path) -> None:
    texts = {str(r["text"]) for r in rows(narrowed, standalone(REPORTS / "queries", "cases"))}
    assert "不公开" in texts and "0" in texts


def test_no_file_of_the_wide_site_names_a_unit(
    wide_site: Path, internal_site: Path, marts: Path
) -> None:
    known = units(marts)
    codes = re.compile("|".join(rf"\b{code}\b" for code in known))
    names = re.compile("|".join(n for c, n in known.items() if c[:3] in ("TWN", "STR", "DIS")))
    found = {
        p.name: set(codes.findall(t)) | set(names.findall(t)) for p, t in shipped(wide_site, "wide")
    }
    assert {name: hits for name, hits in found.items() if hits} == {}
    assert any(
        codes.search(text) and names.search(text) for _, text in shipped(internal_site, "internal")
    )


def test_no_file_of_the_wide_site_holds_a_small_cell(wide_site: Path, internal_site: Path) -> None:
    assert small([row for found in tables(internal_site, "internal").values() for row in found])
    assert {
        name: small(found) for name, found in tables(wide_site, "wide").items() if small(found)
    } == {}


def test_the_wide_site_opens_without_errors_or_outside_requests(wide_site: Path) -> None:
    visit = Visit()
    pages = [p for p in shown_pages(REPORTS, "wide") if p.parts[0] == "pages" and len(p.parts) == 2]
    with (
        served(wide_site, "wide") as address,
        chromium() as browser,
        window(browser, visit, PHONE) as context,
    ):
        page = context.new_page()
        for name in pages:
            open_page(page, f"{address}/{name.stem.removesuffix('index')}")
            visit.texts[name.stem] = page.inner_text("body")
    assert len(visit.texts) >= 12
    assert (visit.errors, visit.outside) == ([], [])
    assert "不公开" in visit.texts["cases"]
