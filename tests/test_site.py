"""The data site's queries on a small marts database; its generated files are in step."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from expectations.contract import contracts
from orchestration.render import (
    SiteError,
    build_site,
    queries_on_pages,
    render,
    rendered,
    stale,
)
from orchestration.settings import DBT_PROJECT, REPORTS

AUDIENCES = [p.parent.name for p in sorted(REPORTS.glob("sources/*/connection.yaml"))]
QUERIES = queries_on_pages(REPORTS)
PAGES = sorted(REPORTS.glob("pages/**/*.md"))
PERIODS = ["2022-06", "2023-05", "2023-06"]


def make_marts(path: Path) -> None:
    """A marts schema with three periods, four units (one renamed) and invented figures."""
    seeds = DBT_PROJECT / "seeds"
    dates = "types = {'valid_from': 'date', 'valid_to': 'date'}"
    with duckdb.connect(str(path)) as con:
        con.execute("create schema marts")
        con.execute(f"create table marts.dim_unit as from read_csv('{seeds}/units.csv', {dates})")
        con.execute(f"create table marts.dim_period as from read_csv('{seeds}/calendar.csv')")
        con.execute(
            "create table marts.dim_code as from "
            f"read_csv('{seeds}/code_lists.csv', all_varchar = true)"
        )
        con.execute("alter table marts.dim_code alter valid_from type date")
        con.execute("alter table marts.dim_code alter valid_to type date")
        con.execute(
            "create table marts.dim_parameter as select name, value, since as valid_from, "
            f"null::date as valid_to from read_csv('{seeds}/parameters.csv')"
        )
        con.execute(
            """
            create table marts.rpt_indicators (
                indicator varchar, period varchar, unit_code varchar, slice varchar,
                value double, text_value varchar, numerator double, denominator double,
                value_last_year double, is_last_year_computed boolean, status varchar,
                unit_missing_count integer
            );
            create table marts.rpt_findings (
                rule varchar, severity varchar, period varchar, form varchar,
                unit_code varchar, key varchar, message varchar, first_period varchar,
                is_waived boolean, waived_by varchar, waived_until varchar, effect varchar
            );
            create table marts.rpt_returns (
                period varchar, form varchar, unit_code varchar, status varchar,
                is_nil boolean, version integer, received_at timestamp, row_count integer,
                late_day_count integer
            );
            """
        )
        con.executemany(
            "insert into marts.rpt_indicators values (?, ?, ?, ?, ?, ?, ?, ?, ?, false, ?, ?)",
            list(figures()),
        )
        con.executemany(
            "insert into marts.rpt_findings values (?, ?, ?, ?, ?, ?, ?, ?, ?, null, null, null)",
            [
                (
                    "R05",
                    "error",
                    "2023-06",
                    "leads",
                    "TWN03",
                    "XS2023000101",
                    "m",
                    "2023-06",
                    False,
                ),
                (
                    "LD08",
                    "warning",
                    "2023-06",
                    "leads",
                    "TWN03",
                    "XS2023000102",
                    "m",
                    "2023-06",
                    False,
                ),
                (
                    "LD03",
                    "warning",
                    "2023-06",
                    "leads",
                    "TWN03",
                    "XS2023000103",
                    "m",
                    "2023-06",
                    False,
                ),
            ],
        )
        con.executemany(
            "insert into marts.rpt_returns values (?, ?, ?, ?, false, ?, ?, ?, 0)",
            [
                ("2023-06", "leads", "TWN03", "按时", 1, "2023-07-04 09:00:00", 12),
                ("2023-06", "cases", "TWN03", "未报", None, None, None),
            ],
        )


def text_of(query: str) -> str:
    return (REPORTS / "queries" / f"{query}.sql").read_text(encoding="utf-8")


def figures() -> Iterator[tuple[object, ...]]:
    names = {
        (name, name.endswith(("_rate", "_share")))
        for query in QUERIES
        for name in re.findall(r"indicator = '(\w+)'", text_of(query))
    }
    for period in PERIODS:
        for number, (name, is_rate) in enumerate(sorted(names)):
            for unit in ("QX00", "OFF01", "DIS01", "TWN03", "STR01"):
                value = 0.5 if is_rate else 10.0 + number
                below = 10.0 if unit == "QX00" else 4.0
                parts = (value * below, below) if is_rate else (None, None)
                missing = int(unit == "TWN03")
                yield (name, period, unit, "", value, None, *parts, 8.0, "value", missing)
        for form in "1234":
            yield ("four_forms_cnt", period, "QX00", form, 5.0, *[None] * 3, 4.0, "value", 0)
        for rank in ("41", "50"):
            yield (
                "punished_person_cnt",
                period,
                "QX00",
                f"rank:{rank}",
                3.0,
                *[None] * 4,
                "value",
                0,
            )
        for end, value in (("max", 9.0), ("min", 1.0)):
            yield (f"town_case_{end}_cnt", period, "town", "", value, *[None] * 4, "value", 0)
            yield (
                f"town_case_{end}_unit",
                period,
                "town",
                "",
                None,
                "柳涵",
                *[None] * 3,
                "value",
                0,
            )


@pytest.fixture(scope="module")
def marts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("release") / "jijian.duckdb"
    make_marts(path)
    return path


def run(marts: Path, name: str) -> list[dict[str, object]]:
    with duckdb.connect(str(marts), read_only=True) as con:
        found = con.execute(text_of(name))
        columns = [c[0] for c in found.description]
        return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]


@pytest.mark.parametrize("name", QUERIES)
def test_every_query_runs_on_the_marts_and_finds_rows(marts: Path, name: str) -> None:
    assert run(marts, name)


def test_every_indicator_in_a_query_is_in_the_catalogue() -> None:
    catalogue = (DBT_PROJECT / "seeds" / "indicators.csv").read_text(encoding="utf-8")
    known = {line.split(",")[1] for line in catalogue.splitlines()}
    for query in QUERIES:
        assert set(re.findall(r"indicator = '(\w+)'", text_of(query))) <= known, query


def test_a_rate_over_a_small_denominator_is_not_printed(marts: Path) -> None:
    rates = {r["unit_code"]: r["disposal_ontime_rate"] for r in run(marts, "unit_figures")}
    assert rates["TWN03"] is None
    assert run(marts, "leads")[-1]["disposal_ontime_rate"] == 0.5


def test_a_unit_bears_the_name_it_had_in_the_period(marts: Path) -> None:
    names = {
        (r["period"], r["short_name"])
        for r in run(marts, "unit_figures")
        if r["unit_code"] == "DIS01"
    }
    assert names == {
        ("2022-06", "区教育局"),
        ("2023-05", "区教育和体育局"),
        ("2023-06", "区教育和体育局"),
    }


def test_an_open_error_makes_the_figures_provisional(marts: Path) -> None:
    (row,) = run(marts, "standing")
    assert (row["standing_text"], row["ends_on_text"]) == ("初步数", "2023年6月30日")


def test_of_a_rule_on_persons_only_the_count_is_on_the_site(marts: Path) -> None:
    rows = run(marts, "findings")
    assert {(r["rule"], r["unit_code"]) for r in rows} == {
        ("R05", "TWN03"),
        ("LD08", "TWN03"),
        ("涉人员信息规则", ""),
    }
    assert "XS2023" not in json.dumps(rows, ensure_ascii=False)


def test_the_rules_on_persons_are_those_of_the_contracts() -> None:
    text = text_of("findings")
    wanted = {
        rule.id
        for contract in contracts().values()
        for rule in contract.rules
        if any(contract.column(name).privacy == "S3" for name in rule.columns)
    }
    assert set(re.findall(r"'([A-Z]{2}\d{2}[a-z]?)'", text)) == wanted


def test_forms_bear_the_titles_of_their_contracts() -> None:
    text = text_of("returns")
    titles = dict(re.findall(r"when '(\w+)' then '(.+?)'", text))
    assert titles == {form: contract.title for form, contract in contracts().items()}


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_generated_source_queries_are_in_step(audience: str) -> None:
    assert stale(REPORTS, audience) == []
    for path in rendered(REPORTS, audience):
        assert "Generated" in path.read_text(encoding="utf-8").splitlines()[0]


def test_render_writes_what_is_missing_and_removes_what_is_left_over(tmp_path: Path) -> None:
    (tmp_path / "queries").mkdir()
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "index.md").write_text("select n from site.a\n", encoding="utf-8")
    (tmp_path / "queries" / "unread.sql").write_text("select 3\n", encoding="utf-8")
    (tmp_path / "queries" / "a.sql").write_text("select 1 as n\n", encoding="utf-8")
    sources = tmp_path / "sources" / "internal"
    sources.mkdir(parents=True)
    (sources / "old.sql").write_text("select 2\n", encoding="utf-8")
    assert render(tmp_path, "internal") == [sources / "a.sql", sources / "old.sql"]
    assert not (sources / "old.sql").exists()
    assert (sources / "a.sql").read_text(encoding="utf-8").endswith("\nselect 1 as n\n")
    assert render(tmp_path, "internal") == []


def test_a_build_without_node_modules_says_what_to_do(tmp_path: Path, marts: Path) -> None:
    with pytest.raises(SiteError, match="npm ci"):
        build_site(tmp_path, "internal", marts, tmp_path / "build")


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(REPORTS)))
def test_pages_read_only_queries_that_exist_and_columns_they_select(
    marts: Path, page: Path
) -> None:
    blocks = re.findall(r"```sql (\w+)\n(.*?)```", page.read_text(encoding="utf-8"), re.S)
    assert blocks
    with duckdb.connect() as con:
        con.execute(f"attach '{marts}' as release (read_only)")
        con.execute("create schema site; use release")
        for name in QUERIES:
            con.execute(f"create table memory.site.{name} as ({text_of(name)})")
        con.execute("use memory")
        for name, text in blocks:
            shown = text.replace("${inputs.period.value}", "2023-06")
            con.execute(shown.replace("${params.unit}", "TWN03"))
            columns = {c[0] for c in con.description or []}
            assert used_columns(page, name) <= columns, name


def used_columns(page: Path, name: str) -> set[str]:
    """Columns that the page's components read from one of its queries."""
    text = page.read_text(encoding="utf-8")
    found = set()
    for tag in re.findall(rf"<\w+ data=\{{{name}\}}[^>]*>", text):
        found |= set(re.findall(r"\b(?:x|y|value|column)=(\w+)", tag))
        for listed in re.findall(r"\by=\{\[(.*?)\]\}", tag):
            found |= set(re.findall(r"'(.+?)'", listed))
    for table in re.findall(rf"<DataTable data=\{{{name}\}}.*?</DataTable>", text, re.S):
        found |= set(re.findall(r"<Column id=(\w+)", table))
    return found


def test_the_lock_names_no_registry() -> None:
    lock = json.loads((REPORTS / "package-lock.json").read_text(encoding="utf-8"))
    assert not [p for p, entry in lock["packages"].items() if "resolved" in entry]


def test_the_lock_has_every_platforms_binaries_or_npm_ci_refuses_it() -> None:
    lock = json.loads((REPORTS / "package-lock.json").read_text(encoding="utf-8"))
    packages = lock["packages"]
    for path, entry in packages.items():
        for name in entry.get("optionalDependencies", {}):
            assert {f"node_modules/{name}", f"{path}/node_modules/{name}"} & packages.keys(), name


def test_the_lock_holds_the_pins_that_work_without_internet() -> None:
    lock = json.loads((REPORTS / "package-lock.json").read_text(encoding="utf-8"))
    wanted = {
        "@duckdb/duckdb-wasm": "1.28.0",
        "@evidence-dev/evidence": "40.1.8",
        "@evidence-dev/universal-sql": "2.1.9",
        "codemirror": "6.0.1",
        "typescript": "5.4.2",
    }
    for name, version in wanted.items():
        assert lock["packages"][f"node_modules/{name}"]["version"] == version
