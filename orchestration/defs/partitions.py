"""What every asset of a run shares: its period, its cut and the right to write.

Partitions are periods, as the calendar seed lists them; never units.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg

from expectations.registry import calendar
from orchestration.settings import home
from orchestration.warehouse import writing

periods = dg.StaticPartitionsDefinition(list(calendar()))


class Cut(dg.Config):
    """What a run knows: returns received up to `as_of`, and whether it may be provisional."""

    as_of: str
    is_provisional: bool = False


class Writer(dg.ConfigurableResource["Writer"]):
    """The home's lock, held by a run from its first step to its last.

    Not only while dbt builds: another run with another cut would land other returns between
    this one's landing and its build.
    """

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator["Writer"]:  # noqa: ARG002
        """Wait for whoever writes the warehouse, then keep everybody else waiting."""
        with writing(home()):
            yield self
