"""When the returns of the sample district arrive, and the plan that hands them in."""

import csv
from datetime import datetime, time, timedelta
from pathlib import Path
from random import Random

from expectations.registry import Period, Unit
from orchestration.sample import rates
from orchestration.settings import Home


def arrival(seed: int, unit: Unit, period: Period) -> datetime:
    """Between the 1st of the next month and the due day, or late, yet before it closes."""
    rng = Random(f"{seed}/{period.period}/{unit.unit_code}/arrival")
    opens = period.ends_on + timedelta(1)
    late = rng.random() < rates.HANDS_IN_LATE.get(unit.unit_code, rates.LATE_OTHERWISE)
    if late:
        day = period.due_on + timedelta(rng.randint(1, (period.closes_on - period.due_on).days))
    else:
        day = opens + timedelta(rng.randint(0, (period.due_on - opens).days))
    return datetime.combine(day, time(rng.randint(8, 17), rng.randint(0, 59)))


def write_plan(home: Home, plan: list[tuple[datetime, Path]]) -> None:
    """Write `sample/plan.csv`: the path of each file and when it arrives."""
    home.sample.mkdir(parents=True, exist_ok=True)
    with (home.sample / "plan.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("path", "received_at"))
        for arrives, path in plan:
            # relative to the plan itself, as `jijian receive --plan` reads it
            place = Path("..") / path.relative_to(home.root)
            writer.writerow((place.as_posix(), arrives.isoformat()))
