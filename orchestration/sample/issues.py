"""Issues that organisations of the sample district have to put right."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from expectations import registry
from orchestration.sample import district, rates
from orchestration.sample.district import after, pick

ISSUE_RATE = {"XCB": 2.2, "DIS": 1.2, "OFF": 0.8, "DFZ": 0.8, "TWN": 0.5, "STR": 0.5, "GBJ": 1.3}
ISSUE_SOURCES = {
    "XCB": {"14": 8, "12": 1, "13": 1},
    "DIS": {"3": 1},
    "GBJ": {"51": 4, "52": 3, "6": 2},
}
ORGANISATIONS = (
    "区教育和体育局",
    "区农业农村局",
    "区卫生健康局",
    "区住房和城乡建设局",
    "区民政局",
    "区自然资源局",
    "区财政局",
    "区交通运输局",
    "区市场监督管理局",
)


@dataclass(frozen=True, kw_only=True)
class Issue:
    """One issue to be put right by an organisation."""

    unit_code: str
    source: str
    round: int | None
    organisation: str
    field_code: str
    found_on: date
    plan_on: date
    due_on: date
    claimed_on: date | None
    verified_on: date | None
    issue_no: str = ""


def _issue(rng: Random, unit: registry.Unit, month: date) -> Issue:
    found_on = month + timedelta(rng.randint(0, 27))
    sources = ISSUE_SOURCES.get(unit.unit_type_code, {"4": 8, "2": 2})
    source = pick(rng, sources)
    days = rng.choice([60, 90, 120, 180])
    draw = rng.random()
    low, high = (days, 3 * days) if draw < rates.ISSUE_OVERDUE else (days // 3, days - 30)
    claimed = after(rng, found_on, low, high) if draw > 0.01 else None
    verified = after(rng, claimed, 3, 25) if claimed and rng.random() < 0.99 else None
    return Issue(
        unit_code=unit.unit_code,
        source=source,
        round=district.inspection_round(found_on) if source.startswith("1") else None,
        organisation=rng.choice(ORGANISATIONS),
        field_code=rng.choice(district.FIELDS),
        found_on=found_on,
        plan_on=after(rng, found_on, 5, 40),
        due_on=found_on + timedelta(days),
        claimed_on=claimed,
        verified_on=verified,
    )


def issues(last: str, seed: int) -> list[Issue]:
    """All issues found up to period `last`, numbered in order of the month."""
    found: list[Issue] = []
    serials: dict[int, int] = {}
    for period in registry.calendar().values():
        if period.period > last:
            break
        for unit in registry.units_on(period.ends_on).values():
            rate = ISSUE_RATE.get(unit.unit_type_code, 0.0)
            rng = Random(f"{seed}/{period.period}/{unit.unit_code}/issues")
            for _ in range(int(rate + rng.random())):
                year = period.starts_on.year
                serials[year] = serials.get(year, 0) + 1
                one = _issue(rng, unit, period.starts_on)
                found.append(replace(one, issue_no=f"ZG{year}{serials[year]:06d}"))
    return found
