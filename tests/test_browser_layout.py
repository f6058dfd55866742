"""How the pages of the site fit a desk, a phone and a sheet of A4, and who can use them."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import A4, DESK, PHONE, Visit, chromium, open_page, picture_name, served, window
from playwright.sync_api import Browser, Page

from orchestration.settings import REPORTS

AXE = REPORTS / "node_modules" / "axe-core" / "axe.min.js"
PATHS = (
    "/",
    "/leads",
    "/cases",
    "/conduct",
    "/campaigns",
    "/rectification",
    "/dispatched",
    "/team",
    "/targets",
    "/units",
    "/units/TWN03",
    "/quality",
    "/returns",
    "/published",
    "/indicators",
)
# What of a page is wider than the page, or than the box it is in; a table may be scrolled.
TOO_WIDE = """() => {
    const wide = [];
    if (document.documentElement.scrollWidth > innerWidth) wide.push('page');
    for (const node of document.querySelectorAll('article, .card, .cards'))
        if (node.scrollWidth > node.clientWidth + 1) wide.push(node.className || node.tagName);
    return wide;
}"""
CUT_OFF = """() => [...document.querySelectorAll('.scrollbox')]
    .filter((box) => box.scrollWidth > box.clientWidth + 1)
    .map((box) => box.innerText.slice(0, 60))"""
SERIOUS = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations
    .filter((found) => ['serious', 'critical'].includes(found.impact))
    .map((found) => `${found.id}: ${found.nodes.slice(0, 3).map((node) => node.html)}`)"""


@pytest.fixture(scope="module")
def address(internal_site: Path) -> Iterator[str]:
    with served(internal_site, "internal") as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def pictures(internal_site: Path) -> Path:
    folder = internal_site / "pictures"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="module")
def desk(browser: Browser) -> Iterator[Page]:
    with window(browser, Visit(), DESK) as context:
        yield context.new_page()


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[Page]:
    with window(browser, Visit(), PHONE) as context:
        yield context.new_page()


@pytest.fixture(scope="module")
def sheet(browser: Browser) -> Iterator[Page]:
    with window(browser, Visit(), A4) as context:
        yield context.new_page()


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_usable_without_eyes_or_mouse_and_fits_a_desk(
    desk: Page, address: str, path: str
) -> None:
    open_page(desk, address + path)
    assert desk.evaluate(TOO_WIDE) == []
    desk.add_script_tag(path=AXE)
    assert desk.evaluate(SERIOUS) == []


@pytest.mark.parametrize("path", PATHS)
def test_a_page_fits_a_phone(phone: Page, address: str, pictures: Path, path: str) -> None:
    open_page(phone, address + path)
    phone.screenshot(path=pictures / f"phone_{picture_name(path)}.png", full_page=True)
    assert phone.evaluate(TOO_WIDE) == []


@pytest.mark.parametrize("path", PATHS)
def test_a_page_fits_sheets_of_a4(sheet: Page, address: str, pictures: Path, path: str) -> None:
    open_page(sheet, address + path)
    sheet.emulate_media(media="print")
    sheet.wait_for_timeout(500)  # charts take the width of the sheet a moment later
    assert sheet.evaluate(TOO_WIDE) == []
    assert sheet.evaluate(CUT_OFF) == []
    printed = sheet.pdf(path=pictures / f"{picture_name(path)}.pdf", prefer_css_page_size=True)
    assert re.findall(rb"/MediaBox \[0 0 (59[45])[.0-9]* (84[12])[.0-9]*\]", printed)
    sheet.emulate_media(media="screen")
