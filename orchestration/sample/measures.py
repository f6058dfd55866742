"""Measures decided in the sample district: punishments after cases, talks after leads."""

from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from random import Random

from orchestration.sample import district
from orchestration.sample.district import Person, after, pick
from orchestration.sample.events import Lead
from orchestration.sample.matters import Case

# By kind of punishment: the last code of the second form, and expulsion.
LIGHTER, EXPELLED = {"1": 2, "2": 4}, {"1": "5", "2": "6"}
# What is done without a case: talks and criticism, or a change of post.
HANDLINGS = {"101": 28, "103": 22, "107": 8, "110": 7, "111": 18, "202": 12, "203": 5}
STRICT = {"103": 15, "111": 20, "202": 45, "203": 20}


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

    @property
    def form(self) -> str:
        """Which of the four forms it is; expelled after a judgment it is the fourth."""
        if self.kind == "3":
            return self.code[0]
        if self.after_conviction and self.code == EXPELLED[self.kind]:
            return "4"
        return "2" if int(self.code) <= LIGHTER[self.kind] else "3"


def _punished(case: Case, decided: date) -> list[Measure]:
    rng = Random(f"{case.seed}/punish/{case.person.person_no}")
    convicted = case.is_crime and rng.random() < 0.5
    announced = after(rng, decided, 1, 20)
    measure = partial(
        Measure,
        lead=case.lead,
        person=case.person,
        case=case,
        decided_on=decided,
        announced_on=announced,
        executed_on=after(rng, announced, 5, 120) if rng.random() < 0.93 else None,
        after_conviction=convicted,
        reason=pick(rng, {"1": 4, "2": 2, "3": 2, "4": 2}) if case.is_accountability else None,
    )
    found = []
    if case.kind in ("1", "3"):
        code = "5" if case.is_crime else pick(rng, {"1": 45, "2": 30, "3": 8, "4": 9, "5": 8})
        found.append(measure(kind="1", code=code))
    if case.kind == "2" or (case.kind == "3" and rng.random() < 0.6):
        village = case.person.supervisee_class in ("5", "6")
        code = pick(
            rng, {"1": 5, "2": 3, "3": 2} if village else {"1": 40, "2": 25, "3": 15, "5": 6}
        )
        found.append(measure(kind="2", code="6" if convicted and not village else code))
    return found


def measures(leads: list[Lead], opened: list[Case]) -> list[Measure]:
    """All measures, numbered in order of decision."""
    found = [m for c in opened if c.decided_on for m in _punished(c, c.decided_on)]
    for lead in leads:
        rng = Random(f"{lead.seed}/handled")
        for person, outcome in zip(lead.persons, lead.outcomes or (), strict=False):
            if outcome == "3" and lead.closed_on and person.person_no != district.NOBODY:
                code = pick(rng, STRICT if lead.source == district.FROM_PROVINCE else HANDLINGS)
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
