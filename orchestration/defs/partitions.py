"""What every asset of a run shares: its period, its cut and the right to write.

Partitions are periods, as the calendar seed lists them; never units.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import dagster as dg

from expectations.registry import calendar
from orchestration.intake.inbox import accepted
from orchestration.settings import home
from orchestration.warehouse import writing

periods = dg.StaticPartitionsDefinition(list(calendar()))


class Cut(dg.ConfigurableResource["Cut"]):
    """What a run knows, and its right to write the warehouse from its first step to its last.

    The lock is held that long because another run with another cut would land other returns
    between this one's landing and its build.

    Attributes:
        as_of: local time up to which returns are known, `YYYY-MM-DD HH:MM:SS`; blank: all.
        is_provisional: release in spite of open errors (初步数).
    """

    as_of: str = ""
    is_provisional: bool = False

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator["Cut"]:  # noqa: ARG002
        """Wait for whoever writes the warehouse, then keep everybody else waiting."""
        with writing(home()):
            as_of = self.as_of or f"{accepted(home()).as_of or ''}"
            if not as_of:
                raise dg.Failure("登记簿中还没有任何报表，请先接收")
            yield Cut(as_of=as_of, is_provisional=self.is_provisional)


def cut_config(as_of: datetime, *, is_provisional: bool = False) -> dict[str, Any]:
    """The run configuration that says so."""
    cut = {"as_of": f"{as_of:%Y-%m-%d %H:%M:%S}", "is_provisional": is_provisional}
    return {"resources": {"cut": {"config": cut}}}
