"""The sensor of the units' places: looks what is new there, and asks for a run that fetches it."""

import hashlib
import json

import dagster as dg

from orchestration.collect.collect import collect, news
from orchestration.collect.places import PlacesError
from orchestration.collect.places import places as stated
from orchestration.settings import clock, home

SECONDS = 300  # between two looks at all places
PATIENCE = 30.0  # seconds for the places to answer; a tick may take sixty


@dg.op(description="从 places.yml 写明的各单位位置取新报表到收件箱，由收件箱传感器接收")
def fetch(context: dg.OpExecutionContext) -> None:
    """Fetch into the inbox; its own sensor receives. Counts only, no name of a file."""
    place, fetched, troubled = home(), 0, []
    for visit in collect(place, stated(place), clock):
        fetched += len(visit.landed)
        if visit.trouble:
            troubled.append(visit.place.unit_code)
            context.log.warning(f"{visit.place.unit_code}：{visit.trouble}")
    context.log.info(f"取到 {fetched} 个文件，{len(troubled)} 个单位没有取全")
    context.add_output_metadata({"fetched": fetched, "units_with_trouble": troubled})


@dg.job(description="取件：各单位位置上新放的报表取到收件箱")
def collect_returns() -> None:
    """Fetch once from every place."""
    fetch()


@dg.sensor(
    job=collect_returns,
    minimum_interval_seconds=SECONDS,
    description=(
        "每 5 分钟查看 places.yml 写明的各单位位置，有新文件就请求一次取件；"
        "连不上的单位不影响其他单位。默认停用，点击开关启用。"
    ),
)
def places(_context: dg.SensorEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Ask once for each set of new files, and again only after they were tried in vain."""
    place = home()
    try:
        found = news(place, stated(place), limit=PATIENCE)
    except PlacesError as error:
        return dg.SkipReason(str(error))
    if not found.fresh:
        return dg.SkipReason(f"没有新文件；{found.silent} 个单位没有应答")
    told = json.dumps([sorted(found.fresh), str(found.last_visit)], ensure_ascii=False)
    return dg.RunRequest(run_key=hashlib.sha256(told.encode()).hexdigest())
