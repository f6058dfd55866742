"""The generated files of the project: what each must hold, which are stale, and writing them.

The sources of the site come from the queries and the pages that read them, the dbt sources from
the contracts; the query that tells where each indicator is shown from the pages and documents.
"""

from pathlib import Path

from orchestration.render.dbt_sources import SOURCES, sources_yml
from orchestration.render.where_shown import QUERY, places_query
from orchestration.settings import REPORTS
from orchestration.site.audience import audiences
from orchestration.site.sources import rendered


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
