"""Petitions of the sample district: those that become leads, and the many that do not."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from expectations import registry
from orchestration.sample import district, rates
from orchestration.sample.district import after, pick
from orchestration.sample.events import Lead

OFFICE = "XFS01"
PETITIONS_A_MONTH = {2021: 30, 2022: 26, 2023: 21}
FIRST_OTHER = 500000  # below it are the numbers of petitions that became leads
CLASSES = {"1": 35, "2": 15, "3": 20, "4": 20, "5": 10}
CHANNELS = {"1": 25, "2": 15, "3": 15, "4": 25, "5": 8, "64": 4, "7": 3, "8": 5}
HANDED_DOWN = "5"
OWN_CHANNELS = {k: v for k, v in CHANNELS.items() if k != HANDED_DOWN}
RESULTS = {
    "1": {"2": 3, "3": 4, "5": 3},
    "2": {"2": 2, "3": 6},
    "3": {"3": 6, "9": 1},
    "4": {"2": 1},
    "5": {"5": 1},
}
PROVINCIAL = "62"
DIRECT, REAL_NAME, REPEATED = 0.3, 0.35, 0.12


@dataclass(frozen=True, kw_only=True)
class Petition:
    """One petition as its first receiver registered it; days may lie after any period."""

    petition_no: str
    unit_code: str
    handler: str
    channel: str
    class_code: str
    field_code: str
    is_real_name: bool
    is_joint_name: bool
    received_on: date
    assigned_on: date | None
    closed_on: date
    result: str
    notified_on: date | None = None
    feedback_on: date | None = None
    extended_to_on: date | None = None
    first_petition_no: str | None = None
    lead_no: str | None = None


def _channel(rng: Random, on: date, channels: Mapping[str, float]) -> str:
    start = district.campaigns()["PRV"].start
    if start <= on < start + timedelta(district.PROVINCIAL_DAYS) and rng.random() < 0.4:
        return PROVINCIAL
    return pick(rng, channels)


def _answered(rng: Random, petition: Petition) -> Petition:
    """With the days on which a petitioner who gave a name was told."""
    if not (petition.is_real_name and petition.class_code == "1"):
        return petition
    told, reported = (
        (24, 40) if rng.random() < rates.PETITIONER_TOLD_LATE else (1, 13) for _ in range(2)
    )
    return replace(
        petition,
        notified_on=after(rng, petition.received_on, *told),
        feedback_on=after(rng, petition.closed_on, *reported),
    )


def _of_lead(lead: Lead) -> Petition:
    """The petition that a lead came from: closed when its handling unit has the lead."""
    rng = Random(f"{lead.seed}/petition")
    month = lead.registered_on.replace(day=1)
    received = max(lead.registered_on - timedelta(rng.randint(1, 6)), month)
    direct = lead.unit_type in ("DIS", "TWN", "STR") and lead.source == "11"
    petition = Petition(
        petition_no=lead.petition_no or "",
        unit_code=lead.unit_code if direct and rng.random() < DIRECT else OFFICE,
        handler=lead.unit_code,
        channel=HANDED_DOWN if lead.source == "12" else _channel(rng, received, OWN_CHANNELS),
        class_code="1",
        field_code=lead.field_code,
        is_real_name=rng.random() < REAL_NAME,
        is_joint_name=rng.random() < 0.05,
        received_on=received,
        assigned_on=lead.registered_on,
        closed_on=lead.received_on,
        result="1",
        lead_no=lead.lead_no,
    )
    return _answered(rng, petition)


def _other(rng: Random, month: date, earlier: list[Petition]) -> Petition:
    """A petition that leads nowhere; some repeat an earlier one."""
    received = after(rng, month, 0, 25)
    unit = district.handling_unit(rng, received)
    direct = unit.unit_type_code in ("DIS", "TWN", "STR") and rng.random() < DIRECT
    class_code = pick(rng, CLASSES)
    assigned = after(rng, received, 1, 4) if rng.random() < 0.85 else None
    long = rng.random() < rates.PETITION_LONG
    closed = after(rng, assigned or received, *((100, 170) if long else (8, 70)))
    extended = assigned + timedelta(180) if assigned and long and rng.random() < 0.5 else None
    again = rng.choice(earlier) if earlier and rng.random() < REPEATED else None
    petition = Petition(
        petition_no="",
        unit_code=unit.unit_code if direct else OFFICE,
        handler=unit.unit_code,
        channel=_channel(rng, received, CHANNELS),
        class_code=class_code,
        field_code=rng.choice(district.FIELDS),
        is_real_name=rng.random() < REAL_NAME,
        is_joint_name=rng.random() < 0.05,
        received_on=received,
        assigned_on=assigned,
        closed_on=closed,
        result="4" if again else pick(rng, RESULTS[class_code]),
        extended_to_on=extended,
        first_petition_no=(again.first_petition_no or again.petition_no) if again else None,
    )
    return _answered(rng, petition)


def _others(last: str, seed: int) -> list[Petition]:
    found: list[Petition] = []
    serials: dict[int, int] = {}
    for period in registry.calendar().values():
        if period.period > last:
            break
        year = period.starts_on.year
        rng = Random(f"{seed}/{period.period}/petitions")
        recent = [p for p in found if p.received_on >= period.starts_on - timedelta(200)]
        for _ in range(PETITIONS_A_MONTH.get(year, 21) + rng.randint(-3, 3)):
            serials[year] = serials.get(year, 0) + 1
            one = _other(rng, period.starts_on, recent)
            found.append(replace(one, petition_no=f"XF{year}{FIRST_OTHER + serials[year]:06d}"))
    return found


def petitions(leads: list[Lead], last: str, seed: int) -> list[Petition]:
    """All petitions received up to period `last`."""
    return [*(_of_lead(lead) for lead in leads if lead.petition_no), *_others(last, seed)]
