"""The leads of the sample district as they come in, and what can happen to them."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from expectations import registry
from orchestration.sample import district, rates
from orchestration.sample.district import Person, after, pick


@dataclass(frozen=True, kw_only=True)
class Filing:
    """A disposal step as reported to the case-management office."""

    method: str
    filed_on: date
    result_filed_on: date | None


@dataclass(frozen=True, kw_only=True)
class Step:
    """One disposal step actually taken on a lead; `effort` counts person-days."""

    method: str
    detail: str | None
    has_analysis: bool
    proposed_on: date
    approved_on: date
    letter_on: date | None = None
    reply_on: date | None = None
    started_on: date | None = None
    ended_on: date | None = None
    extended_to_on: date | None = None
    result: str | None = None
    result_on: date | None = None
    effort: int | None = None
    filing: Filing | None = None


@dataclass(frozen=True, kw_only=True)
class Lead:
    """One lead from its registration to its end; days may lie after any period.

    The last two are what the case-management office has, right or wrong.
    """

    unit_code: str
    unit_type: str
    source: str
    field_code: str
    campaign: str | None
    is_supervised: bool
    is_duplicate: bool
    registered_on: date
    assigned_on: date
    received_on: date
    seed: str
    lead_no: str = ""
    petition_no: str | None = None
    original_lead_no: str | None = None
    persons: tuple[Person, ...] = ()
    steps: tuple[Step, ...] = ()
    closed_on: date | None = None
    outcomes: tuple[str, ...] = field(default=())
    registered_person_count: int = 0
    closing_registered_on: date | None = None

    @property
    def is_staff(self) -> bool:
        """Whether it concerns a member of the commission's own staff."""
        return self.unit_type == "GBJ"


def _source(rng: Random, unit: registry.Unit, on: date) -> str:
    if unit.unit_type_code == "DIS" and rng.random() < 0.35:
        return "24"
    days = (on - district.campaigns()["PRV"].start).days
    if 0 <= days < district.PROVINCIAL_DAYS and rng.random() < 0.3:
        return district.FROM_PROVINCE
    return pick(rng, district.SOURCES)


def _drawn(seed: str, month: date) -> Lead:
    rng = Random(seed)
    registered = after(rng, month, 0, 27)
    assigned = (
        after(rng, registered, 0, 3) if rng.random() < 0.92 else after(rng, registered, 9, 16)
    )
    received = after(rng, assigned, 0, 2)
    unit = district.handling_unit(rng, assigned)
    in_village = unit.unit_type_code in ("TWN", "STR") and rng.random() < 0.5
    business = rng.choice(district.VILLAGE_FIELDS if in_village else district.FIELDS)
    return Lead(
        seed=seed,
        unit_code=unit.unit_code,
        unit_type=unit.unit_type_code,
        source=_source(rng, unit, registered),
        field_code=business,
        campaign=district.campaign(rng, business, received),
        is_supervised=rng.random() < 0.05,
        is_duplicate=rng.random() < 0.04,
        registered_on=registered,
        assigned_on=assigned,
        received_on=received,
    )


def _numbered(drawn: list[Lead]) -> list[Lead]:
    """Give leads, petitions and persons their numbers, in order of registration."""
    found: list[Lead] = []
    serials: dict[int, int] = {}
    people = 0
    for lead in sorted(drawn, key=lambda d: (d.registered_on, d.seed)):
        rng = Random(f"{lead.seed}/persons")
        year = lead.registered_on.year
        serials[year] = serials.get(year, 0) + 1
        count = int(pick(rng, {"0": 6, "1": 84, "2": 10}))
        persons = tuple(district.person(rng, lead.unit_type, people + n + 1) for n in range(count))
        earlier = _original(rng, lead, found) if lead.is_duplicate else None
        if earlier:
            persons = earlier.persons
        else:
            people += count
        lead = replace(
            lead,
            lead_no=f"XS{year}{serials[year]:06d}",
            petition_no=f"XF{year}{serials[year]:06d}" if lead.source in ("11", "12") else None,
            persons=persons or (district.nobody(),),
            registered_person_count=len(persons)
            + (Random(f"{lead.seed}/register").random() < rates.REGISTER_MISCOUNTS),
            is_duplicate=earlier is not None,
            original_lead_no=earlier.lead_no if earlier else None,
        )
        found.append(lead)
    return found


def _original(rng: Random, lead: Lead, earlier: list[Lead]) -> Lead | None:
    since = lead.received_on - timedelta(150)
    fitting = [
        e
        for e in earlier
        if e.unit_code == lead.unit_code
        and since <= e.received_on <= lead.received_on
        and not e.is_duplicate
    ]
    return rng.choice(fitting) if fitting else None


def leads(last: str, seed: int) -> list[Lead]:
    """All leads registered up to period `last`, from the first month of the calendar."""
    drawn = []
    for period in registry.calendar().values():
        if period.period > last:
            break
        count = Random(f"{seed}/{period.period}").randint(*district.LEADS_A_MONTH)
        drawn += [_drawn(f"{seed}/{period.period}/{n:03d}", period.starts_on) for n in range(count)]
    return _numbered(drawn)
