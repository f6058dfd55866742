"""What the sample district sets itself: reforms, key tasks and the targets of a year."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from expectations import registry
from orchestration.sample import district, rates
from orchestration.sample.district import after

REFORMS_A_YEAR = 10
REFORM_TITLES = (
    "派驻监督机制",
    "室组地联动办案机制",
    "基层监督力量统筹",
    "案件质量评查机制",
    "信访举报分析机制",
    "巡察整改评估机制",
    "监督信息共享机制",
    "以案促改机制",
)
REFORM_UNITS = ("AJG01", "SLS01", "XFS01", "DFZ01", "XCB01", "ZZB01", "XCX01", "OFF01")
LISTED_TASKS, RULES_A_YEAR, ROUNDS_A_YEAR = 8, 7, 2
LIVELIHOOD_FIELDS = ("12", "13", "14", "15", "16")
TASK_TITLES = {"10": "政治监督责任清单", "20": "专项整治", "21": "民生专项整治"}
TASK_TITLES |= {"22": "民生重点领域监督", "30": "制度制定", "40": "巡察轮次", "50": "领导交办事项"}
TASK_TITLES |= {"60": "督办事项", "70": "其他重点任务"}
LED_BY = ("BGS01", "DFZ01", "AJG01", "SLS01", "XFS01", "ZZB01", "XCX01", "GBJ01", "OFF01", "OFF04")
NOT_BEGUN, UNDER_WAY, DONE, CANCELLED = "1", "2", "3", "4"
SPECIAL = ("FIN", "GRN", "RUR", "ENG", "STA", "MED", "BIZ")


@dataclass(frozen=True, kw_only=True)
class Reform:
    """One reform item of the commission."""

    title: str
    lead_unit: str
    confirmed_on: date
    due_on: date
    begun_on: date
    done_on: date
    reform_no: str = ""


@dataclass(frozen=True, kw_only=True)
class Task:
    """One task of a list; `pace` is the share of the plan done per share of the time."""

    unit_code: str
    kind: str
    title: str
    campaign: str | None
    field_code: str | None
    assigned_on: date
    due_on: date
    plan: int
    pace: float
    begun_on: date
    done_on: date | None
    cancelled_on: date | None
    urged_on: date | None
    task_no: str = ""

    def status(self, on: date) -> str:
        """How it stands on a day."""
        stages = ((self.done_on, DONE), (self.cancelled_on, CANCELLED), (self.begun_on, UNDER_WAY))
        return next((code for day, code in stages if day and day <= on), NOT_BEGUN)

    def done_count(self, on: date) -> int:
        """How much of the plan is done by a day; the last piece only with the end."""
        status = self.status(on)
        if status in (DONE, NOT_BEGUN):
            return self.plan if status == DONE else 0
        stops = min(on, self.cancelled_on or on)
        share = (stops - self.assigned_on).days / (self.due_on - self.assigned_on).days
        return min(int(self.plan * share * self.pace), self.plan - 1)


def _years(last: str) -> list[int]:
    return sorted({p.starts_on.year for p in registry.calendar().values() if p.period <= last})


def reforms(last: str, seed: int) -> list[Reform]:
    """The reform items of every year up to period `last`, fixed in January and February."""
    found = []
    for year in _years(last):
        rng = Random(f"{seed}/{year}/reforms")
        drawn = []
        for n in range(REFORMS_A_YEAR):
            confirmed = after(rng, date(year, 1, 4), 0, 48)
            days = rng.choice([150, 200, 260, 300])
            low, high = (
                (days + 10, days + 90) if rng.random() < rates.TASK_LATE else (days // 2, days - 10)
            )
            drawn.append(
                Reform(
                    title=f"完善{REFORM_TITLES[n % len(REFORM_TITLES)]}（{year}年第{n + 1}项）",
                    lead_unit=rng.choice(REFORM_UNITS),
                    confirmed_on=confirmed,
                    due_on=confirmed + timedelta(days),
                    begun_on=after(rng, confirmed, 10, 50),
                    done_on=after(rng, confirmed, low, high),
                )
            )
        drawn.sort(key=lambda r: (r.confirmed_on, r.title))
        found += [replace(r, reform_no=f"GG{year}{n:04d}") for n, r in enumerate(drawn, 1)]
    return found


def _task(
    rng: Random,
    unit_code: str,
    kind: str,
    since: date,
    plan: int,
    days: int,
    campaign: str | None = None,
    field: str | None = None,
) -> Task:
    assigned = after(rng, since, 0, 15)
    draw = rng.random()
    low, high = (days + 8, days + 80) if draw < rates.TASK_LATE else (days * 2 // 3, days - 3)
    ends = draw < 1 - rates.TASK_NEVER_ENDS - rates.TASK_CANCELLED
    cancelled = (
        after(rng, assigned, days // 4, days // 2) if draw >= 1 - rates.TASK_CANCELLED else None
    )
    return Task(
        unit_code=unit_code,
        kind=kind,
        title=TASK_TITLES[kind],
        campaign=campaign,
        field_code=field,
        assigned_on=assigned,
        due_on=assigned + timedelta(days),
        plan=plan,
        pace=rng.uniform(0.4, 0.8) if draw < rates.TASK_LATE else rng.uniform(1.01, 1.3),
        begun_on=after(rng, assigned, 1, 5),
        done_on=after(rng, assigned, low, high) if ends else None,
        cancelled_on=cancelled,
        urged_on=after(rng, assigned, days // 2, days * 3 // 4)
        if rng.random() < rates.TASK_URGED
        else None,
    )


def _of_year(rng: Random, year: int) -> Iterator[Task]:
    """The lists of a year: political supervision, livelihood fields, rules, inspection rounds."""
    start = date(year, 1, 10)
    for _ in range(LISTED_TASKS):
        yield _task(rng, rng.choice(LED_BY), "10", start, rng.choice([4, 6, 10]), 330)
    for field in LIVELIHOOD_FIELDS:
        lead = rng.choice(["OFF02", "OFF03", "OFF05", "OFF06"])
        yield _task(rng, lead, "22", start + timedelta(30), rng.choice([3, 6]), 290, field=field)
    for _ in range(RULES_A_YEAR):
        days = rng.choice([120, 200, 300])
        yield _task(rng, rng.choice(LED_BY), "30", start + timedelta(20), 1, days)
    yield _task(rng, "XCB01", "40", start, ROUNDS_A_YEAR, 340)


def _of_month(rng: Random, period: registry.Period) -> Iterator[Task]:
    """What is handed out in a month: new campaigns, and what leaders assign and urge."""
    for code, campaign in district.campaigns().items():
        if period.starts_on <= campaign.start <= period.ends_on:
            kind = "21" if code.startswith("LIV") else "20" if code in SPECIAL else ""
            for _ in range({"20": 3, "21": 1}.get(kind, 0)):
                yield _task(rng, campaign.lead, kind, campaign.start, 20, 240, campaign=code)
    for kind in ("50", "60", "70"):
        if rng.random() < 0.6:
            since = period.starts_on + timedelta(3)
            yield _task(rng, rng.choice(LED_BY), kind, since, 1, rng.choice([30, 60, 90]))


def tasks(last: str, seed: int) -> list[Task]:
    """All tasks assigned up to period `last`, numbered in order of assignment."""
    found: list[Task] = []
    for year in _years(last):
        found += _of_year(Random(f"{seed}/{year}/tasks"), year)
    for period in registry.calendar().values():
        if period.period <= last:
            found += _of_month(Random(f"{seed}/{period.period}/tasks"), period)
    numbered, serials = [], dict[int, int]()
    for one in sorted(found, key=lambda t: (t.assigned_on, t.kind, t.unit_code, t.campaign or "")):
        year = one.assigned_on.year
        serials[year] = serials.get(year, 0) + 1
        title = f"{one.title}{year}年第{serials[year]}项"
        numbered.append(replace(one, title=title, task_no=f"RW{year}{serials[year]:04d}"))
    return numbered
