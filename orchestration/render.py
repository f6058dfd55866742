"""The generated files of the project: what each must hold, which are stale, and writing them.

`reports/queries/<name>.sql` is written by hand. A query may read another by its name; in
`reports/sources/<audience>/<name>.sql` that one stands before it, so that Evidence's connector
can run the file alone. An audience has the sources that the pages it sees read, and no others. The
dbt sources come from the contracts; the query that tells where each indicator is shown comes from
the pages and documents.
"""

import re
from pathlib import Path

from orchestration.dbt_sources import SOURCES, sources_yml
from orchestration.settings import REPORTS
from orchestration.site.audience import audiences, shown_pages
from orchestration.where_shown import QUERY, places_query

SITE = "site"  # the name under which pages read their tables; as connection.yaml has it
ON_PAGE = re.compile(rf"\b(?:from|join) {SITE}\.(\w+)")
IN_QUERY = re.compile(r"\b(?:from|join) (\w+)\b(?!\.)")
HEAD = re.compile(r"((?:--.*\n)*)(with\s+)?")


def queries_on_pages(reports: Path, audience: str) -> list[str]:
    """Names of the queries that a page of an audience reads; the site holds no other rows."""
    texts = shown_pages(reports, audience).values()
    return sorted({name for text in texts for name in ON_PAGE.findall(text)})


def standalone(queries: Path, name: str) -> str:
    """The text of a query with the queries it reads before it, each once."""
    text = (queries / f"{name}.sql").read_text(encoding="utf-8")
    needed = _needed(queries, name)
    if not needed:
        return text
    head = HEAD.match(text)
    assert head is not None  # both parts may be empty
    ctes = [f"{n} as (\n{_body(queries, n)}\n)" for n in needed]
    joint = ",\n\n" if head[2] else "\n\n"
    return head[1] + "with " + ",\n\n".join(ctes) + joint + text[head.end() :]


def _needed(queries: Path, name: str) -> list[str]:
    """The queries that `name` reads, directly or not, each after those it reads itself."""
    found: list[str] = []
    text = (queries / f"{name}.sql").read_text(encoding="utf-8")
    for read in IN_QUERY.findall(text):
        if read != name and (queries / f"{read}.sql").is_file():
            found += [n for n in (*_needed(queries, read), read) if n not in found]
    return found


def _body(queries: Path, name: str) -> str:
    text = (queries / f"{name}.sql").read_text(encoding="utf-8")
    return re.sub(r"^(?:--.*\n)*", "", text).rstrip()


def source_query(queries: Path, name: str) -> str:
    """What Evidence runs: a query without rows gives one of nulls, an empty file breaks the build.

    Pages pick rows by period or count, so that nobody sees the row of nulls.
    """
    return (
        f"-- Generated from queries/{name}.sql by `jijian render`: do not edit.\n"
        "select rows.* from (select 1) as always left join (\n"
        f"{standalone(queries, name)}) as rows on true\n"
    )


def rendered(reports: Path, audience: str) -> dict[Path, str]:
    """What the generated source queries of an audience must hold, by path."""
    folder = reports / "sources" / audience
    return {
        folder / f"{name}.sql": source_query(reports / "queries", name)
        for name in queries_on_pages(reports, audience)
    }


def stale(reports: Path, audience: str) -> list[Path]:
    """Generated files that are missing, differ from their query, or have none any more."""
    wanted = rendered(reports, audience)
    there = set((reports / "sources" / audience).glob("*.sql"))
    return sorted(_differing(wanted) | (there - wanted.keys()))


def render(reports: Path, audience: str) -> list[Path]:
    """Write the source queries of an audience; returns the files that changed."""
    return _write(rendered(reports, audience), stale(reports, audience))


def all_stale() -> list[Path]:
    """The stale ones of all generated files of the project."""
    found = [path for audience in audiences() for path in stale(REPORTS, audience)]
    return [*found, *_differing({SOURCES: sources_yml(), QUERY: places_query()})]


def render_all() -> list[Path]:
    """Write all generated files of the project; returns those that changed."""
    wanted = {SOURCES: sources_yml(), QUERY: places_query()}
    found = _write(wanted, sorted(_differing(wanted)))  # before the sources that hold the query
    return found + [path for audience in audiences() for path in render(REPORTS, audience)]


def _differing(wanted: dict[Path, str]) -> set[Path]:
    return {
        path
        for path, text in wanted.items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    }


def _write(wanted: dict[Path, str], changed: list[Path]) -> list[Path]:
    for path in changed:
        if path in wanted:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted[path], encoding="utf-8")
        else:
            path.unlink()
    return changed
