"""What follows from leads in the sample district: cases, measures; and issues to put right."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from expectations import registry
from orchestration.sample import district
from orchestration.sample.district import Person, after, pick
from orchestration.sample.events import Lead

SELF_FOUND = frozenset({"11", "21", "22", "23", "24", "31", "32", "33", "8"})
HANDED_DOWN = frozenset({"12", "41", "42", "43", "44", "51", "52", "7"})
JUDICIAL = frozenset({"61", "62", "63"})
ISSUE_RATE = {"XCB": 2.2, "DIS": 1.2, "OFF": 0.8, "DFZ": 0.8, "TWN": 0.5, "STR": 0.5, "GBJ": 0.3}
ISSUE_SOURCES = {"XCB": {"14": 9, "13": 1}, "DIS": {"3": 1}, "GBJ": {"51": 1, "6": 1}}
ORGANISATIONS = ("区教育和体育局", "区农业农村局", "区卫生健康局", "区住房和城乡建设局")
ORGANISATIONS += ("区民政局", "区自然资源局", "区财政局", "区交通运输局", "区市场监督管理局")


@dataclass(frozen=True, kw_only=True)
class Case:
    """One person under one case; the persons of a case share its number and its days."""

    lead: Lead
    person: Person
    seed: str
    kind: str
    origin: str
    assist_unit: str | None
    is_crime: bool
    is_accountability: bool
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


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One measure on one person: `code` is of the list that `kind` names."""

    lead: Lead
    person: Person
    case: Case | None
    kind: str
    code: str
    decided_on: date
    announced_on: date | None
    executed_on: date | None
    after_conviction: bool = False
    reason: str | None = None
    punish_no: str = ""


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
    if rng.random() < district.PENDING:
        return case
    sent = after(rng, filed, 45, 140)
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


def _punished(case: Case, decided: date) -> list[Measure]:
    rng = Random(f"{case.seed}/punish/{case.person.person_no}")
    convicted = case.is_crime and rng.random() < 0.5
    announced = after(rng, decided, 1, 20)
    common = {
        "lead": case.lead,
        "person": case.person,
        "case": case,
        "decided_on": decided,
        "announced_on": announced,
        "executed_on": after(rng, announced, 5, 120) if rng.random() < 0.93 else None,
        "after_conviction": convicted,
        "reason": pick(rng, {"1": 4, "2": 2, "3": 2, "4": 2}) if case.is_accountability else None,
    }
    found = []
    if case.kind in ("1", "3"):
        code = "5" if case.is_crime else pick(rng, {"1": 45, "2": 30, "3": 8, "4": 9, "5": 8})
        found.append(Measure(kind="1", code=code, **common))
    if case.kind == "2" or (case.kind == "3" and rng.random() < 0.6):
        village = case.person.supervisee_class in ("5", "6")
        code = pick(
            rng, {"1": 5, "2": 3, "3": 2} if village else {"1": 40, "2": 25, "3": 15, "5": 6}
        )
        found.append(Measure(kind="2", code="6" if convicted and not village else code, **common))
    return found


def measures(leads: list[Lead], opened: list[Case]) -> list[Measure]:
    """All measures, numbered in order of decision."""
    found = [m for c in opened if c.decided_on for m in _punished(c, c.decided_on)]
    for lead in leads:
        rng = Random(f"{lead.seed}/talks")
        for person, outcome in zip(lead.persons, lead.outcomes or (), strict=False):
            if outcome == "3" and lead.closed_on and person.person_no != district.NOBODY:
                code = pick(rng, {"101": 30, "103": 25, "107": 8, "110": 7, "111": 20, "202": 3})
                found.append(
                    Measure(
                        lead=lead,
                        person=person,
                        case=None,
                        kind="3",
                        code=code,
                        decided_on=lead.closed_on,
                        announced_on=None,
                        executed_on=None,
                    )
                )
    serials: dict[int, int] = {}
    numbered = []
    for one in sorted(found, key=lambda m: (m.decided_on, m.lead.lead_no, m.person.person_no)):
        year = one.decided_on.year
        serials[year] = serials.get(year, 0) + 1
        numbered.append(replace(one, punish_no=f"CF{year}{serials[year]:06d}"))
    return numbered


def _issue(rng: Random, unit: registry.Unit, month: date) -> Issue:
    found_on = month + timedelta(rng.randint(0, 27))
    sources = ISSUE_SOURCES.get(unit.unit_type_code, {"4": 8, "2": 2})
    source = pick(rng, sources)
    due = found_on + timedelta(rng.choice([60, 90, 120, 180]))
    claimed = after(rng, found_on, 30, 110) if rng.random() < 0.88 else None
    verified = after(rng, claimed, 3, 25) if claimed and rng.random() < 0.92 else None
    half = 2 * (month.year - 2020) + (month.month > 6) + 1
    return Issue(
        unit_code=unit.unit_code,
        source=source,
        round=half if source.startswith("1") else None,
        organisation=rng.choice(ORGANISATIONS),
        field_code=rng.choice(district.FIELDS),
        found_on=found_on,
        plan_on=after(rng, found_on, 5, 40),
        due_on=due,
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
