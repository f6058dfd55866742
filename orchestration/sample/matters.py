"""Cases of the sample district: what follows from leads that end with a filing."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from orchestration.sample import rates
from orchestration.sample.district import Person, after, pick
from orchestration.sample.events import Lead

SELF_FOUND = frozenset({"11", "21", "22", "23", "24", "31", "32", "33", "8"})
HANDED_DOWN = frozenset({"12", "41", "42", "43", "44", "51", "52", "7"})
# Cases heard within weeks: of campaigns, of all others.
SIMPLE_OF_CAMPAIGN, SIMPLE = 0.75, 0.35
JUDICIAL = frozenset({"61", "62", "63"})


@dataclass(frozen=True, kw_only=True)
class Case:
    """One person under one case; the persons of a case share its number and its days.

    `kind` is 1 for party, 2 for government, 3 for both; days may lie after any period.
    """

    lead: Lead
    person: Person
    seed: str
    kind: str
    origin: str
    assist_unit: str | None
    is_crime: bool
    is_accountability: bool
    has_sponsor: bool
    discipline: str | None
    filed_on: date
    case_no: str = ""
    decision: int = 0
    detained_from_on: date | None = None
    detained_to_on: date | None = None
    sent_on: date | None = None
    accepted_on: date | None = None
    tried_on: date | None = None
    returned: bool = False
    decided_on: date | None = None
    closed_on: date | None = None
    withdrawn_on: date | None = None


def _origin(source: str) -> str:
    if source in SELF_FOUND:
        return "1"
    return "2" if source in HANDED_DOWN else "3" if source in JUDICIAL else "4"


def _filing_kind(rng: Random, person: Person) -> str:
    if person.supervisee_class is None:
        return "1"
    return pick(rng, {"1": 45, "3": 55}) if person.is_party else "2"


def _course(rng: Random, case: Case) -> Case:
    """The days of the case, the same for all its persons."""
    filed = case.filed_on
    if rng.random() < 0.03:
        return replace(case, withdrawn_on=after(rng, filed, 40, 120))
    if rng.random() < rates.PENDING * rates.NEVER_ENDS:
        return case
    is_simple = rng.random() < (SIMPLE_OF_CAMPAIGN if case.lead.campaign else SIMPLE)
    sent = after(rng, filed, *((10, 35) if is_simple else (45, 140)))
    accepted = after(rng, sent, 0, 4)
    tried = after(rng, accepted, 8, 25)
    decided = after(rng, tried, 1, 14)
    return replace(
        case,
        sent_on=sent,
        accepted_on=accepted,
        tried_on=tried,
        returned=rng.random() < 0.06,
        decided_on=decided,
        closed_on=after(rng, decided, 1, 20),
    )


def _opened(lead: Lead, filed_on: date) -> list[Case]:
    rng = Random(f"{lead.seed}/case")
    assist = rng.choice(["OFF01", "OFF02", "OFF03"]) if rng.random() < 0.08 else None
    found = []
    for person, outcome in zip(lead.persons, lead.outcomes, strict=True):
        if outcome != "1":
            continue
        kind = _filing_kind(rng, person)
        crime = kind != "1" and rng.random() < 0.07
        case = Case(
            lead=lead,
            person=person,
            seed=f"{lead.seed}/case",
            kind=kind,
            origin=_origin(lead.source),
            assist_unit=assist if assist != lead.unit_code else None,
            is_crime=crime,
            is_accountability=rng.random() < 0.08,
            has_sponsor=Random(f"{lead.seed}/sponsor").random() < 0.06,
            discipline=pick(rng, {"1": 3, "2": 10, "3": 30, "4": 20, "5": 25, "6": 12})
            if person.is_party
            else None,
            filed_on=filed_on,
        )
        if crime:
            start = filed_on + timedelta(rng.randint(3, 9))
            end = start + timedelta(rng.randint(30, 85))
            case = replace(case, detained_from_on=start, detained_to_on=end)
        found.append(_course(Random(f"{lead.seed}/course"), case))
    return found


def cases(leads: list[Lead]) -> list[Case]:
    """All case persons, numbered in order of filing."""
    found: list[Case] = []
    serials: dict[int, int] = {}
    filed = [(lead.closed_on, lead.lead_no, lead) for lead in leads if lead.closed_on]
    for day, _, lead in sorted(filed, key=lambda f: f[:2]):
        if "1" not in lead.outcomes:
            continue
        serials[day.year] = serials.get(day.year, 0) + 1
        number = serials[day.year]
        for case in _opened(lead, day):
            found.append(replace(case, case_no=f"LA{day.year}{number:06d}", decision=number))
    return found
