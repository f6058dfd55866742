"""The whole pipeline of one period in this process, as the verb `run` starts it."""

import os
from datetime import datetime
from typing import Any

import dagster as dg

from orchestration.defs import release, returns, transform
from orchestration.publish import Release
from orchestration.settings import Home

CUT_OPS = ("raw", "marts", "release")  # the ops that take a `Cut`


def cut_config(as_of: datetime, *, is_provisional: bool = False) -> dict[str, Any]:
    """The run configuration that tells all ops the same cut."""
    cut = {"as_of": f"{as_of:%Y-%m-%d %H:%M:%S}", "is_provisional": is_provisional}
    return {"ops": {op: {"config": cut} for op in CUT_OPS}}


def run_period(home: Home, period: str, as_of: datetime, *, is_provisional: bool) -> Release:
    """Land, build and publish; the release that `current` then names.

    Raises:
        dagster errors of the step that failed; nothing after it has run.
    """
    os.environ["JIJIAN_HOME"] = str(home.root)  # what the assets' `home()` reads
    loggers = {"console": {"config": {"log_level": "WARNING"}}}
    dg.materialize(
        [returns.raw, transform.marts, release.release],
        partition_key=period,
        resources=transform.defs().resources,
        run_config=cut_config(as_of, is_provisional=is_provisional) | {"loggers": loggers},
    )
    path = (home.releases / "current").resolve()
    return Release(id=path.name, path=path, is_new=True)
