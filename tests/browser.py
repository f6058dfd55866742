"""A real Chromium that reaches this machine only, and a site served to it."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, sync_playwright

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
DESK = (1366, 768)
PHONE = (390, 844)
A4 = (718, 1047)  # pixels within margins of 1 cm


@dataclass
class Visit:
    """What the browser met while it looked at pages."""

    texts: dict[str, str] = field(default_factory=dict)
    languages: set[str] = field(default_factory=set)
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@contextmanager
def served(home: Path, audience: str) -> Iterator[str]:
    """The address of an audience's site, served as people open it."""
    command = [JIJIAN, "--home", str(home), "serve", "--port", "0", "--audience", audience]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            found = re.search(r"http://127\.0\.0\.1:\d+", server.stdout.readline())
            assert found is not None
            yield found[0]
        finally:
            server.kill()  # a run in the background may hand down that SIGTERM is ignored


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield opened
        opened.close()


@contextmanager
def window(
    browser: Browser, visit: Visit, size: tuple[int, int] = DESK
) -> Iterator[BrowserContext]:
    """A window that reaches this machine only, and notes what else was tried and what failed."""

    def only_here(route: Route) -> None:
        if urlsplit(route.request.url).hostname == "127.0.0.1":
            route.continue_()
        else:
            visit.outside.append(route.request.url)
            route.abort()

    viewport = {"width": size[0], "height": size[1]}
    opened = browser.new_context(viewport=viewport, locale="zh-CN")
    opened.route("**/*", only_here)
    opened.on("console", lambda m: visit.errors.append(m.text) if m.type == "error" else None)
    opened.on("weberror", lambda e: visit.errors.append(str(e.error)))
    opened.on(
        "response",
        lambda r: visit.errors.append(f"{r.status} {r.url}") if r.status >= 400 else None,
    )
    yield opened
    opened.close()


def open_page(page: Page, url: str) -> None:
    """Open a page and wait until its data are there."""
    page.goto(url, wait_until="networkidle")
    page.locator("article h1").first.wait_for()


def picture_name(path: str) -> str:
    return path.strip("/").replace("/", "_") or "index"


def number_id(link: Locator) -> str:
    """The figure that a link leads to, of one to another page the last part of its address."""
    href = str(link.get_attribute("href")).strip("/")
    return parse_qs(urlsplit(href).query).get("number", [href.split("/")[-1]])[0]
