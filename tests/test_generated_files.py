"""Generated files are in step with what they are made from."""

from orchestration.render.dbt_sources import SOURCES, sources_yml
from orchestration.render.where_shown import QUERY, places_query


def test_the_dbt_sources_are_those_of_the_contracts() -> None:
    assert SOURCES.read_text(encoding="utf-8") == sources_yml()


def test_the_query_of_where_indicators_are_shown_is_that_of_the_pages() -> None:
    assert QUERY.read_text(encoding="utf-8") == places_query()
