"""The inbox sensor: receives within its own tick and asks for a build of what was accepted."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence

import dagster as dg

from expectations import suites
from expectations.registry import calendar
from orchestration.defs.collecting import receipts
from orchestration.defs.jobs import land_and_build
from orchestration.defs.partitions import cut_config
from orchestration.intake.decide import Decision
from orchestration.intake.inbox import Look, accepted, look, settled
from orchestration.intake.receive import HandIn, receive
from orchestration.settings import Home, clock, home

suites.load()  # here, when the code server starts: a tick has no seconds to spare

SECONDS = 5  # between two looks; a file is taken at the second that finds it unchanged


@dg.sensor(
    job=land_and_build,
    minimum_interval_seconds=SECONDS,
    description=(
        "每 5 秒查看收件箱：写完的文件当场接收或退回并写出回执；"
        "有新接收的版次时请求一次入库与计算。从不发布：发布由关账计划"
        "或 jijian run 进行。默认停用，点击开关启用。"
    ),
)
def inbox(context: dg.SensorEvaluationContext) -> dg.SensorResult:
    """Take what has settled; the cursor holds the last look and what was last asked for."""
    place = home()
    cursor = json.loads(context.cursor or "{}")
    now = look(place)
    requested = cursor.get("requested") or accepted(place).digest
    decisions, trouble = _receive(place, settled(cursor.get("look", {}), now))
    known = accepted(place)
    runs = []
    if known.digest != requested and known.period and known.as_of:
        # as provisional, so that open errors show and stop nothing: nothing is released here
        config = cut_config(known.as_of, is_provisional=True)
        runs = [dg.RunRequest(run_key=known.digest, partition_key=known.period, run_config=config)]
    return dg.SensorResult(
        run_requests=runs,
        skip_reason=None if runs else dg.SkipReason(trouble or _why(now, decisions)),
        cursor=json.dumps({"look": now, "requested": known.digest}, sort_keys=True),
        asset_events=list(_events(decisions)),
    )


def _receive(place: Home, names: Sequence[str]) -> tuple[list[Decision], str]:
    """The decisions, and what stood in the way: another receiver, a file that was changed."""
    at = clock()
    decisions: list[Decision] = []
    try:
        for decision in receive(place, [HandIn(place.inbox / n, at) for n in names], wait=False):
            decisions.append(decision)
    except RuntimeError as error:  # what was decided before stands; the rest waits for a tick
        return decisions, str(error)
    return decisions, ""


def _why(now: Look, decisions: Sequence[Decision]) -> str:
    if decisions:
        return f"收到 {len(decisions)} 个文件，没有新接收的版次"
    return f"{len(now)} 个文件，写完后接收" if now else "收件箱为空"


def _events(decisions: Sequence[Decision]) -> Iterator[dg.AssetMaterialization]:
    """Counts only: no name of a file and no value of a return goes to Dagster."""
    for period in sorted({d.period for d in decisions if d.period} & set(calendar())):
        counts = Counter(d.outcome for d in decisions if d.period == period)
        yield dg.AssetMaterialization(
            asset_key=receipts.key, partition=period, metadata=dict(sorted(counts.items()))
        )
