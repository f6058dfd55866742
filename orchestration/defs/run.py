"""The whole pipeline of one period in this process, as the verb `run` starts it."""

import os
from contextlib import redirect_stdout
from datetime import datetime

import dagster as dg

from orchestration.defs import lineage, quality, release, returns, transform
from orchestration.defs.partitions import cut_config
from orchestration.quality import open_errors
from orchestration.release.publish import Published, ReleaseBlockedError
from orchestration.settings import Home
from orchestration.trouble import told_of_text

ASSETS = (
    returns.raw,
    transform.marts,
    lineage.figure_rows,
    quality.judgement,
    transform.findings,
    release.release,
)


class StoppedError(RuntimeError):
    """A step failed or a check refused what it saw; nothing after it has run."""


def run_period(home: Home, period: str, as_of: datetime, *, is_provisional: bool) -> Published:
    """Land, build, judge and publish; the release that `current` then names.

    What dbt prints goes to `warehouse/dbt.log`.

    Raises:
        ReleaseBlockedError: an error finding is open and the release is to be final.
        StoppedError: a step failed, or what has landed breaks its contract.
        KeyboardInterrupt: it was told to end, by whichever signal; what it started has ended.
    """
    os.environ["JIJIAN_HOME"] = str(home.root)  # what the assets' `home()` reads
    home.dbt_log.parent.mkdir(parents=True, exist_ok=True)
    loggers = {"console": {"config": {"log_level": "CRITICAL"}}}
    with home.dbt_log.open("w", encoding="utf-8") as log, redirect_stdout(log):
        result = dg.materialize(
            ASSETS,
            partition_key=period,
            resources=transform.defs().resources,
            run_config=cut_config(as_of, is_provisional=is_provisional) | {"loggers": loggers},
            raise_on_error=False,
        )
    if not result.success:
        raise _stopped(home, result)
    path = (home.releases / "current").resolve()
    return Published(id=path.name, path=path, is_new=True)


def _stopped(home: Home, result: dg.ExecuteInProcessResult) -> BaseException:
    """Why the run stopped, in words for whoever started it."""
    refused = [
        check
        for check in result.get_asset_check_evaluations()
        if not check.passed and check.severity == dg.AssetCheckSeverity.ERROR
    ]
    if any(check.asset_key == quality.JUDGED for check in refused):
        return ReleaseBlockedError(open_errors(home))
    if refused:
        forms = "、".join(check.asset_key.path[-1] for check in refused)
        return StoppedError(f"入库的报表不符合契约，后续步骤没有运行：{forms}")
    if _is_interrupted(result):
        return KeyboardInterrupt()
    failed = [e for e in result.all_events if e.is_step_failure]
    steps = "、".join(str(e.step_key) for e in failed)
    reason = _reason(failed[0])
    log = home.dbt_log.read_text(encoding="utf-8", errors="replace")
    if trouble := told_of_text(reason) or told_of_text(log):
        return StoppedError(f"步骤 {steps} 没有完成：{trouble}")
    return StoppedError(f"步骤 {steps} 失败：{reason}；dbt 的输出在 {home.dbt_log}")


def _is_interrupted(result: dg.ExecuteInProcessResult) -> bool:
    """Whether a signal to end this process came, in a step or between two."""
    kinds = {k.__name__ for k in (KeyboardInterrupt, dg.DagsterExecutionInterruptedError)}
    ends = [e.job_failure_data.error for e in result.all_events if e.is_job_failure]
    return any(error is not None and error.cls_name in kinds for error in ends)


def _reason(failure: dg.DagsterEvent) -> str:
    """The first cause of a failed step, without its traceback."""
    error = failure.step_failure_data.error
    while error is not None and error.cause is not None:
        error = error.cause
    return error.message.strip() if error is not None else "原因不明"
