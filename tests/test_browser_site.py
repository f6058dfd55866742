"""The data site of a real release in a real Chromium, with every other host out of reach."""

import csv
import math
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from browser import (
    DESK,
    JIJIAN,
    Visit,
    chromium,
    number_id,
    open_page,
    picture_name,
    served,
    window,
)
from playwright.sync_api import BrowserContext, Page, expect

from orchestration.settings import REPORTS
from orchestration.site.audience import shown_pages

UNIT = "TWN03"
EVERY_UNIT = "pages/units/[unit].md"
EVERY_FIGURE = "pages/indicators/[indicator].md"
# By page the figures whose cards must be there; the others of a page are compared as well.
HEADLINES = {
    "/": ("petition_cnt", "case_filed_cnt", "disposal_ontime_rate"),
    "/leads": ("lead_accepted_cnt", "lead_open_cnt", "verify_long_pending_cnt"),
    "/cases": ("case_filed_cnt", "punished_person_cnt"),
    "/conduct": ("eight_rules_problem_cnt",),
    "/campaigns": ("campaign_problem_cnt",),
    "/rectification": ("insp_feedback_problem_cnt",),
    "/dispatched": ("disp_inspection_cnt",),
    "/team": ("training_person_cnt",),
}


def jijian(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [JIJIAN, "--home", str(home), *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def paths() -> list[str]:
    """Every page that the audience has, one unit and one figure for those that have many."""
    found = []
    for page in shown_pages(REPORTS, "internal"):
        name = page.as_posix()
        if name.startswith("pages/"):
            name = {EVERY_UNIT: f"pages/units/{UNIT}.md"}.get(name, name)
            name = {EVERY_FIGURE: "pages/indicators/case_filed_cnt.md"}.get(name, name)
            found.append(
                name.removeprefix("pages").removesuffix(".md").removesuffix("index") or "/"
            )
    return found


@pytest.fixture(scope="module")
def home(internal_site: Path) -> Path:
    return internal_site


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    with served(home, "internal") as found:
        yield found


@pytest.fixture(scope="module")
def visit() -> Visit:
    return Visit()


@pytest.fixture(scope="module")
def context(visit: Visit) -> Iterator[BrowserContext]:
    with chromium() as browser, window(browser, visit, DESK) as opened:
        yield opened


@pytest.fixture(scope="module")
def visited(
    context: BrowserContext,
    visit: Visit,
    address: str,
    home: Path,
) -> Visit:
    """Every page looked at once; its picture is kept beside the site."""
    pictures = home / "pictures"
    pictures.mkdir(exist_ok=True)
    page = context.new_page()
    for path in paths():
        open_page(page, address + path)
        page.screenshot(path=pictures / f"desk_{picture_name(path)}.png", full_page=True)
        visit.texts[path] = page.inner_text("body")
        visit.languages.add(page.get_attribute("html", "lang") or "")
    page.close()
    return visit


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    opened = context.new_page()
    yield opened
    opened.close()


def choose(page: Page, title: str, name: str) -> None:
    """Choose an option of the dropdown with a title."""
    page.get_by_role("combobox", name=re.compile(title)).first.click()
    page.get_by_placeholder(title).fill(name)
    page.get_by_role("option", name=name, exact=True).click()
    page.wait_for_load_state("networkidle")


def cards(page: Page) -> dict[str, str]:
    """By indicator what its card shows; a figure that has a card twice shows it twice the same."""
    page.locator(".card").first.wait_for()
    return {
        number_id(card.locator("a")).split("@")[0]: card.locator(".figure").inner_text()
        for card in page.locator(".card").all()
    }


def printed(home: Path, indicator: str, unit: str = "QX00", period: str = "2023-03") -> str:
    """The figure of the release by the rule: one decimal, halves up, no `.0`; money has two."""
    with duckdb.connect(str(database(home)), read_only=True) as con:
        row = con.execute(
            "select f.value, f.denominator, f.status, f.unit_missing_count, i.unit_of_measure"
            " from marts.rpt_indicators as f join marts.dim_indicator as i using (indicator)"
            " where slice = '' and indicator = ? and unit_code = ? and period = ?",
            [indicator, unit, period],
        ).fetchone()
        least = con.execute(
            "select value from marts.dim_parameter where name = 'rate_min_n'"
        ).fetchone()
    assert row is not None and least is not None, (indicator, unit)
    value, denominator, status, missing, measure = row
    if status != "value":
        return {"missing": "未报", "na": "不适用"}[status]
    if measure == "%" and denominator < least[0]:
        return "—"
    if unit != "QX00" and missing:
        return "未报" if value == 0 else _number(value, measure) + "*"
    return _number(value, measure)


def _number(value: float, measure: str) -> str:
    if measure == "万元":
        return f"{value:.2f}"
    scale, sign = (100, "%") if measure == "%" else (1, "")
    return f"{math.floor(value * scale * 10 + 0.5) / 10:.1f}".removesuffix(".0") + sign


def database(home: Path) -> Path:
    return home / "releases" / "current" / "jijian.duckdb"


def site_files(home: Path) -> list[Path]:
    folder = home / "releases" / "current" / "site" / "internal"
    return [path for path in folder.resolve().rglob("*") if path.is_file()]


# Ids, hashes and the command that a page shows to be typed as they stand.
TYPED = re.compile(
    r"[a-z0-9_]+@\w+(?:/[\w:]+)?|jijian explain|--period|SHA-256"
    r"|(?<![0-9a-f])[0-9a-f]{8}(?![0-9a-f])"
)


def test_nothing_outside_this_machine_is_asked_for(visited: Visit) -> None:
    assert set(visited.texts) == set(paths())
    assert visited.outside == []


def test_no_page_has_an_error(visited: Visit) -> None:
    assert visited.errors == []


def test_every_page_speaks_chinese(visited: Visit) -> None:
    assert visited.languages == {"zh-CN"}
    for path, text in visited.texts.items():
        assert re.findall(r"[A-Za-z]{3,}", TYPED.sub("", text)) == [], path
        assert "数据截至2023年3月31日（正式数）" in text, path


@pytest.mark.parametrize("path", HEADLINES)
def test_every_card_shows_the_figure_of_the_release(
    page: Page, address: str, home: Path, path: str
) -> None:
    open_page(page, address + path)
    shown = cards(page)
    assert set(HEADLINES[path]) <= shown.keys() and len(shown) >= 4
    assert shown == {name: printed(home, name) for name in shown}


@pytest.mark.parametrize("path", [*HEADLINES, f"/units/{UNIT}"])
def test_every_row_of_figures_shows_the_figure_of_the_release(
    page: Page, address: str, home: Path, path: str
) -> None:
    open_page(page, address + path)
    unit = UNIT if UNIT in path else "QX00"
    rows = page.locator("tr:visible:has(a[href*='/indicators/'])")
    rows.first.wait_for()
    found = {}
    for row in rows.all():
        link, name = row.locator("a[href*='/indicators/']").first, row.inner_text()
        number = number_id(link)
        if "/" not in number and not re.search(
            "进度：|来历|^(查处问题|批评教育|其中党纪)", name
        ):  # problems have own words
            found[number.split("@")[0]] = row.locator("td").nth(1).inner_text().strip()
    assert len(found) >= 3
    assert found == {name: printed(home, name, unit) for name in found}


def test_the_five_problems_are_those_of_the_release(page: Page, address: str, home: Path) -> None:
    open_page(page, address)
    table = page.locator("table:visible").first
    table.get_by_text("线索超期未办结").wait_for()
    rows = [row.inner_text() for row in table.locator("tr:has(a)").all()]
    assert len(rows) == 5
    overdue = next(row for row in rows if "线索超期未办结" in row)
    assert re.search(rf"\s{printed(home, 'lead_overdue_open_cnt')}\s", overdue)
    assert f"{printed(home, 'lead_overdue_unit_cnt')}个" in overdue


def test_choosing_a_period_shows_its_figures(page: Page, address: str, home: Path) -> None:
    open_page(page, address)
    choose(page, "统计期", "2023年1－2月")
    page.get_by_text("2023年2月28日", exact=False).first.wait_for()
    page.wait_for_load_state("networkidle")
    shown = cards(page)
    assert shown == {name: printed(home, name, "QX00", "2023-02") for name in shown}
    assert shown["case_filed_cnt"] != printed(home, "case_filed_cnt")


def test_choosing_a_unit_shows_its_figures(page: Page, address: str, home: Path) -> None:
    open_page(page, address + "/leads")
    choose(page, "单位", "柳涵")
    page.locator("strong", has_text="柳涵").first.wait_for()
    page.wait_for_load_state("networkidle")
    shown = cards(page)
    assert shown == {name: printed(home, name, UNIT) for name in shown}


def test_a_table_is_searched_sorted_and_downloaded(page: Page, address: str) -> None:
    open_page(page, address + "/units")
    table = page.locator(".table-container:visible").first
    rows = table.locator("tr:has(td)")
    rows.first.wait_for()
    everything = rows.count()
    table.get_by_placeholder("查找").fill("派驻机构")
    expect(rows).not_to_have_count(everything)
    assert 0 < rows.count() < everything
    assert all("派驻机构" in row.inner_text() for row in rows.all())
    table.get_by_placeholder("查找").fill("")
    expect(rows).to_have_count(everything)
    table.locator("th", has_text="立案（件）").click()
    first = [row.locator("td").nth(3).inner_text().strip() for row in rows.all()]
    counts = [int(cell) for cell in first if cell.isdigit()]
    assert counts == sorted(counts) or counts == sorted(counts, reverse=True)
    with page.expect_download() as download:
        table.get_by_role("button", name="下载").click()
    with download.value.path().open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file))) == everything + 1


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
    assert shown == {line: printed(home, name) for line, name in lines.items()}
    assert len(re.findall(r"\s成立", text)) == 8
    assert "不成立" not in text


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
