"""Links of the site's pages: each leads to the passport of its one figure, network cut."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import DESK, Visit, chromium, number_id, open_page, served, window
from playwright.sync_api import BrowserContext, Locator, Page, expect


@pytest.fixture(scope="module")
def address(internal_site: Path) -> Iterator[str]:
    with served(internal_site, "internal") as found:
        yield found


@pytest.fixture(scope="module")
def context() -> Iterator[BrowserContext]:
    visit = Visit()
    with chromium() as browser, window(browser, visit, DESK) as opened:
        yield opened
    assert not visit.errors and not visit.outside


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    opened = context.new_page()
    yield opened
    opened.close()


def passport(page: Page) -> dict[str, str]:
    """The table that tells of the chosen figure, by the names of its lines."""
    table = page.locator(".table-container:visible:has(td:text-is('认知时点'))").first
    table.wait_for()
    return {
        row.locator("td").nth(0).inner_text().strip(): row.locator("td").nth(1).inner_text().strip()
        for row in table.locator("tr:has(td)").all()
    }


def shown(page: Page, number: str) -> dict[str, str]:
    """The passport, when it has become that of the figure."""
    told = page.locator("td:visible", has_text=re.compile(f"^{re.escape(number)}$"))
    expect(told.first).to_be_visible(timeout=20_000)
    return passport(page)


@pytest.mark.parametrize("path", ["/published", "/cases", "/leads"])
def test_a_link_leads_to_the_passport_of_its_one_figure(
    page: Page, address: str, path: str
) -> None:
    open_page(page, address + path)
    links = page.locator("tr:visible a[href*='&number=']")
    links.first.wait_for()
    link: Locator = next(
        a for a in reversed(links.all()) if "/" in number_id(a) or path != "/cases"
    )
    number, row = number_id(link), link.locator("xpath=ancestor::tr")
    printed = [cell.inner_text().strip() for cell in row.locator("td").all()]
    link.click()
    told = shown(page, number)
    assert told["编号"] == number
    assert told["数字"].split("（")[0] in printed
    assert {"口径", "口径版本", "来源报表", "报送", "统计期", "发布", "认知时点"} <= told.keys()


def test_an_address_names_figure_and_period(page: Page, address: str) -> None:
    number = "petition_cnt@QX00/petition_signed:1:share"
    open_page(page, f"{address}/indicators/petition_cnt/?period=2023-03&number={number}")
    told = shown(page, number)
    assert told["统计期"].startswith("2023年1－3月")
    assert "÷" in told["分子 ÷ 分母"]
    assert page.locator("td:visible", has_text="信访举报台账").count()
    open_page(page, f"{address}/indicators/case_filed_cnt/?period=2023-02")
    assert passport(page)["统计期"].startswith("2023年1－2月")
    open_page(page, f"{address}/indicators/case_filed_cnt/")
    told = passport(page)
    assert told["统计期"].startswith("2023年1－3月") and told["编号"] == "case_filed_cnt@QX00"


def test_a_link_of_the_same_page_chooses_its_figure_each_time(page: Page, address: str) -> None:
    open_page(page, f"{address}/indicators/case_filed_cnt/")
    passport(page)
    links = page.locator("tr:visible a[href*='&number=']")
    links.first.wait_for()
    for link in (links.nth(2), links.nth(1), links.nth(2)):
        number = number_id(link)
        link.click()
        assert shown(page, number)["编号"] == number
