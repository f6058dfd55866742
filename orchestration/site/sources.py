"""The queries of the site, as Evidence's connector runs them: each file alone.

`reports/queries/<name>.sql` is written by hand. A query may read another by its name; in
`reports/sources/<audience>/<name>.sql` that one stands before it. An audience has the sources that
the pages it sees read, and no others.
"""

import re
from pathlib import Path

from orchestration.site.audience import shown_pages

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


def lay_sources(work: Path, audience: str) -> None:
    """Write the source queries of an audience into a copy of the project that has none."""
    for path, text in rendered(work, audience).items():
        path.write_text(text, encoding="utf-8")
