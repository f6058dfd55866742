"""The data site of a real release in a real Chromium, with every other host out of reach."""

import math
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import duckdb
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, sync_playwright

JIJIAN = str(Path(sys.executable).with_name("jijian"))
CHROMIUM = "/usr/bin/chromium"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
UNIT = "TWN03"
PATHS = (
    "/",
    "/leads",
    "/cases",
    "/published",
    "/units",
    "/quality",
    "/returns",
    "/indicators",
    f"/units/{UNIT}",
    "/units/DIS01",
)
HEADLINES = {
    "受理问题线索（件）": "lead_accepted_cnt",
    "处置问题线索（件）": "lead_disposed_cnt",
    "立案（件）": "case_filed_cnt",
    "给予党纪政务处分（人）": "punished_person_cnt",
    "未办结线索（件）": "lead_open_cnt",
    "超期未办结（件）": "lead_overdue_open_cnt",
    "按期提出率": "disposal_ontime_rate",
}


@dataclass
class Visit:
    """What the browser met while it looked at every page."""

    texts: dict[str, str] = field(default_factory=dict)
    languages: set[str] = field(default_factory=set)
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def jijian(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [JIJIAN, "--home", str(home), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def home(released_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with nothing but the release, and its site built."""
    place = tmp_path_factory.mktemp("site")
    release = (released_home / "releases" / "current").resolve()
    copy = place / "releases" / release.name
    copy.mkdir(parents=True)
    for name in ("jijian.duckdb", "manifest.json"):
        shutil.copyfile(release / name, copy / name)
    (place / "releases" / "current").symlink_to(release.name)
    made = jijian(place, "site")
    assert made.returncode == 0, made.stdout[-2000:] + made.stderr[-2000:]
    return place


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    command = [JIJIAN, "--home", str(home), "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            found = re.search(r"http://127\.0\.0\.1:\d+", server.stdout.readline())
            assert found is not None
            yield found[0]
        finally:
            server.kill()  # a run in the background may hand down that SIGTERM is ignored


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def visit() -> Visit:
    return Visit()


@pytest.fixture(scope="module")
def context(browser: Browser, visit: Visit) -> Iterator[BrowserContext]:
    """A window that reaches this machine only, and notes what else was tried."""

    def only_here(route: Route) -> None:
        if urlsplit(route.request.url).hostname == "127.0.0.1":
            route.continue_()
        else:
            visit.outside.append(route.request.url)
            route.abort()

    opened = browser.new_context(viewport={"width": 1280, "height": 1800}, locale="zh-CN")
    opened.route("**/*", only_here)
    opened.on("console", lambda m: visit.errors.append(m.text) if m.type == "error" else None)
    opened.on("weberror", lambda e: visit.errors.append(str(e.error)))
    opened.on(
        "response",
        lambda r: visit.errors.append(f"{r.status} {r.url}") if r.status >= 400 else None,
    )
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def visited(
    context: BrowserContext,
    visit: Visit,
    address: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Visit:
    """Every page looked at once; its picture is kept in pytest's temporary folder."""
    pictures = tmp_path_factory.mktemp("pictures")
    page = context.new_page()
    for path in PATHS:
        open_page(page, address + path)
        page.screenshot(path=pictures / f"{path.strip('/').replace('/', '_') or 'index'}.png")
        visit.texts[path] = page.inner_text("body")
        visit.languages.add(page.get_attribute("html", "lang") or "")
    page.close()
    return visit


def open_page(page: Page, url: str) -> None:
    page.goto(url, wait_until="networkidle")
    page.locator("article h1").first.wait_for()


def value_under(text: str, title: str) -> str:
    """The line after the title of a headline figure."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[lines.index(title) + 1]


def printed(home: Path, indicator: str, unit: str, period: str = "2023-03") -> str:
    """The figure of the release by the rule: one decimal of a per cent, halves up, no `.0`."""
    with duckdb.connect(str(database(home)), read_only=True) as con:
        row = con.execute(
            "select value, denominator from marts.rpt_indicators where status = 'value'"
            " and slice = '' and indicator = ? and unit_code = ? and period = ?",
            [indicator, unit, period],
        ).fetchone()
        least = con.execute(
            "select value from marts.dim_parameter where name = 'rate_min_n'"
        ).fetchone()
    assert row is not None and least is not None
    if not indicator.endswith("_rate"):
        return f"{row[0]:.0f}"
    if row[1] < least[0]:
        return "—"
    return f"{math.floor(row[0] * 1000 + 0.5) / 10:.1f}".removesuffix(".0") + "%"


def database(home: Path) -> Path:
    return home / "releases" / "current" / "jijian.duckdb"


def site_files(home: Path) -> list[Path]:
    folder = home / "releases" / "current" / "site" / "internal"
    return [path for path in folder.resolve().rglob("*") if path.is_file()]


def test_nothing_outside_this_machine_is_asked_for(visited: Visit) -> None:
    assert set(visited.texts) == set(PATHS)
    assert visited.outside == []


def test_no_page_has_an_error(visited: Visit) -> None:
    assert visited.errors == []


def test_every_page_speaks_chinese(visited: Visit) -> None:
    assert visited.languages == {"zh-CN"}
    for path, text in visited.texts.items():
        assert re.findall(r"[A-Za-z]{3,}", text) == [], path
        assert "数据截至2023年3月31日（正式数）" in text, path


def test_the_overview_shows_the_figures_of_the_release(visited: Visit, home: Path) -> None:
    text = visited.texts["/"]
    shown = {title: value_under(text, title) for title in HEADLINES}
    assert shown == {title: printed(home, name, "QX00") for title, name in HEADLINES.items()}
    assert int(shown["受理问题线索（件）"]) > 0


def test_a_unit_page_shows_the_figures_of_that_unit(visited: Visit, home: Path) -> None:
    text = visited.texts[f"/units/{UNIT}"]
    assert "柳涵镇纪委" in text
    shown = {title: value_under(text, title) for title in HEADLINES}
    assert shown == {title: printed(home, name, UNIT) for title, name in HEADLINES.items()}


def test_the_published_tables_show_the_figures_and_that_their_sums_agree(
    visited: Visit, home: Path
) -> None:
    text = visited.texts["/published"]
    lines = {
        r"处置问题线索\s+件": "lead_disposed_cnt",
        r"立案\s+立案\s+件": "case_filed_cnt",
        r"处分\s+处分\s+人": "punished_person_cnt",
        r"运用四种形态批评教育和处理\s+人次": "four_forms_cnt",
    }
    found = {line: re.search(rf"{line}\s+(\d+)\s", text) for line in lines}
    shown = {line: at[1] for line, at in found.items() if at is not None}
    assert shown == {line: printed(home, name, "QX00") for line, name in lines.items()}
    assert len(re.findall(r"\s成立", text)) == 8
    assert "不成立" not in text


def test_choosing_a_period_shows_its_figures(
    context: BrowserContext, address: str, home: Path
) -> None:
    page = context.new_page()
    open_page(page, address)
    page.get_by_role("combobox").click()
    page.get_by_role("option", name="2023年1－2月").click()
    earlier = printed(home, "lead_accepted_cnt", "QX00", "2023-02")
    assert earlier != printed(home, "lead_accepted_cnt", "QX00")
    page.get_by_text("2023年2月28日", exact=False).first.wait_for()
    page.wait_for_load_state("networkidle")
    assert value_under(page.inner_text("body"), "受理问题线索（件）") == earlier
    page.close()


def test_an_indicator_is_looked_up_with_its_rule_and_its_figures(
    context: BrowserContext, address: str, home: Path
) -> None:
    page = context.new_page()
    open_page(page, address + "/indicators")
    page.get_by_role("combobox").first.click()
    page.get_by_placeholder("指标").fill("按期提出率")
    page.get_by_role("option", name="按期提出率", exact=True).click()
    page.get_by_text("按期提出件数 ÷ 应提出件数", exact=False).first.wait_for()
    page.wait_for_load_state("networkidle")
    table = page.locator("table:visible").first
    district = table.locator("tr", has_text="全区")
    district.get_by_text(printed(home, "disposal_ontime_rate", "QX00"), exact=True).first.wait_for()
    assert "柳涵" in table.inner_text()
    page.close()


def test_every_unit_with_figures_has_a_page(home: Path) -> None:
    with duckdb.connect(str(database(home)), read_only=True) as con:
        units = con.execute(
            "select distinct unit_code from marts.rpt_indicators"
            " semi join marts.dim_unit using (unit_code)"
        ).fetchall()
    pages = {p.parent.name for p in site_files(home) if p.name == "index.html"}
    assert len(units) > 30
    assert {unit for (unit,) in units} <= pages


def test_no_person_number_is_in_any_file_of_the_site(home: Path, released_home: Path) -> None:
    raw = f"read_parquet('{released_home}/raw/cases/*/*.parquet')"
    persons = {row[0] for row in duckdb.sql(f"select distinct person_no from {raw}").fetchall()}
    assert persons
    for path in site_files(home):
        data = path.read_bytes()
        if path.suffix == ".parquet":  # its columns are compressed
            data += str(duckdb.read_parquet(str(path)).fetchall()).encode()
        assert not [p for p in persons if p.encode() in data], path.name


def test_a_site_that_is_there_is_not_built_again(home: Path) -> None:
    again = jijian(home, "site")
    assert again.returncode == 0
    assert "未重建" in again.stdout
