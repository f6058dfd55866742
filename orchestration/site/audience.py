"""Audiences of the data site: which pages each sees, and what of a release may reach them.

A folder of `reports/sources` with a connection is an audience. A page, or a part of one, that is
not for all says so: `audience: internal` in its head, or `<!-- audience: internal -->` before and
`<!-- /audience -->` after the part. `reports/audiences/<audience>.sql`, where there is one, takes
from a copy of the marts what the audience may not see, before any query reads them.
"""

import re
from pathlib import Path

import duckdb

from orchestration.settings import REPORTS

FOLDERS = ("pages", "partials")
HEAD = re.compile(r"\A---\n(?:.*\n)*?audience: (\w+)\n(?:.*\n)*?---\n")
PART = re.compile(
    r"^<!-- audience: (\w+) -->\n(.*?)^<!-- /audience -->\n", re.DOTALL | re.MULTILINE
)


def audiences(reports: Path = REPORTS) -> list[str]:
    """Whom a site can be built for: each has its own connection."""
    return sorted(p.parent.name for p in reports.glob("sources/*/connection.yaml"))


def shown_pages(reports: Path, audience: str) -> dict[Path, str]:
    """Pages and partials that an audience sees, as it sees them, by path under `reports`."""
    return {
        page.relative_to(reports): _for_audience(text, audience)
        for folder in FOLDERS
        for page in sorted((reports / folder).rglob("*.md"))
        if _is_for(text := page.read_text(encoding="utf-8"), audience)
    }


def lay_pages(reports: Path, work: Path, audience: str) -> None:
    """Leave in a copy of the project only the pages that an audience sees, as it sees them."""
    shown = shown_pages(reports, audience)
    for folder in FOLDERS:
        for page in list((work / folder).rglob("*.md")):
            if page.relative_to(work) not in shown:
                page.unlink()
    for path, text in shown.items():
        (work / path).write_text(text, encoding="utf-8")


def narrow(con: duckdb.DuckDBPyConnection, reports: Path, audience: str) -> None:
    """Take from the marts of a copied release what an audience may not see."""
    script = reports / "audiences" / f"{audience}.sql"
    if script.is_file():
        con.execute(script.read_text(encoding="utf-8"))


def _is_for(text: str, audience: str) -> bool:
    named = HEAD.match(text)
    return named is None or named[1] == audience


def _for_audience(text: str, audience: str) -> str:
    return PART.sub(lambda part: part[2] if part[1] == audience else "", text)
