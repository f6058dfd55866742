"""What follows a case besides its punishments: transfers, money recovered, conduct problems."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from orchestration.sample.district import Person, after, pick
from orchestration.sample.events import Lead
from orchestration.sample.matters import Case
from orchestration.sample.measures import Measure

UNPROSECUTED, RECOVERED_OF_TALKS, CONDUCT = 0.05, 0.1, 0.3
CONDUCT_TYPES = {"3": {"H1": 5, "H2": 4, "H4": 3, "H5": 1}, "4": {"X3": 2, "X2": 1}}
CONDUCT_TYPES["5"] = {"X1": 1, "X2": 4, "X4": 1}
OTHER_TYPES = {"H1": 3, "H2": 3, "H3": 1, "H4": 1, "X2": 4, "X3": 2}
CASE_KINDS = {"1": 6, "2": 2, "3": 3, "4": 2, "5": 1, "6": 1}


@dataclass(frozen=True, kw_only=True)
class Transfer:
    """One person of one case handed to the procuratorate."""

    case: Case
    amount: float
    supplements: int
    transferred_on: date
    prosecuted_on: date | None
    nonprosecuted_on: date | None
    judged_on: date | None
    transfer_no: str = ""


@dataclass(frozen=True, kw_only=True)
class Recovery:
    """One amount recovered in one matter, in 万元."""

    lead: Lead
    case: Case | None
    kind: str
    amount: float
    recovered_on: date
    turned_in_on: date | None
    asset_no: str = ""


@dataclass(frozen=True, kw_only=True)
class Conduct:
    """One person handled for one problem of conduct."""

    lead: Lead
    person: Person
    case: Case | None
    type_code: str
    happened_on: date
    decided_on: date
    is_educated: bool
    is_org_handled: bool
    is_punished: bool
    is_publicised: bool
    problem_no: str = ""


def _transferred(case: Case, convicted: bool) -> Transfer:
    rng = Random(f"{case.seed}/transfer/{case.person.person_no}")
    amount, supplements = round(rng.uniform(4, 320), 2), rng.choice((0, 0, 0, 1, 1, 2))
    common: dict[str, Any] = {"case": case, "amount": amount, "supplements": supplements}
    if convicted and case.decided_on:
        span = (case.decided_on - case.filed_on).days
        days = [case.filed_on + timedelta(span * part // 20) for part in (8, 13, 18)]
        return Transfer(
            transferred_on=days[0],
            prosecuted_on=days[1],
            nonprosecuted_on=None,
            judged_on=days[2],
            **common,
        )
    sent = after(rng, case.detained_to_on or case.filed_on, 1, 10)
    examined = after(rng, sent, 30, 90)
    dropped = rng.random() < UNPROSECUTED
    return Transfer(
        transferred_on=sent,
        prosecuted_on=None if dropped else examined,
        nonprosecuted_on=examined if dropped else None,
        judged_on=None if dropped else after(rng, examined, 40, 130),
        **common,
    )


def transfers(cases: list[Case], decided: list[Measure]) -> list[Transfer]:
    """All transfers, numbered in order: every duty crime that was not withdrawn."""
    convicted = {
        (m.case.case_no, m.person.person_no) for m in decided if m.case and m.after_conviction
    }
    found = [
        _transferred(case, (case.case_no, case.person.person_no) in convicted)
        for case in cases
        if case.is_crime and not case.withdrawn_on
    ]
    numbered, serials = [], dict[int, int]()
    found.sort(key=lambda t: (t.transferred_on, t.case.case_no, t.case.person.person_no))
    for one in found:
        year = one.transferred_on.year
        serials[year] = serials.get(year, 0) + 1
        numbered.append(replace(one, transfer_no=f"YS{year}{serials[year]:06d}"))
    return numbered


def _of_case(case: Case) -> Recovery | None:
    rng = Random(f"{case.seed}/money/{case.person.person_no}")
    if case.withdrawn_on or not (case.is_crime or case.discipline == "3"):
        return None
    most = 200.0 if case.is_crime else 12.0
    recovered = after(rng, case.filed_on, 10, 120)
    return Recovery(
        lead=case.lead,
        case=case,
        kind=pick(rng, CASE_KINDS),
        amount=round(rng.uniform(0.1, most), 2),
        recovered_on=recovered,
        turned_in_on=after(rng, recovered, 5, 90) if rng.random() < 0.92 else None,
    )


def _of_talk(one: Measure) -> Recovery | None:
    rng = Random(f"{one.lead.seed}/money/{one.person.person_no}")
    if one.case or rng.random() >= RECOVERED_OF_TALKS:
        return None
    return Recovery(
        lead=one.lead,
        case=None,
        kind=pick(rng, {"3": 1, "4": 2}),
        amount=round(rng.uniform(0.05, 2), 2),
        recovered_on=one.decided_on,
        turned_in_on=after(rng, one.decided_on, 1, 30),
    )


def recoveries(cases: list[Case], decided: list[Measure]) -> list[Recovery]:
    """All amounts recovered, numbered in order: of cases about money, and of some talks."""
    drawn = [*map(_of_case, cases), *map(_of_talk, decided)]
    found = [r for r in drawn if r]
    numbered, serials = [], dict[int, int]()
    for one in sorted(found, key=lambda r: (r.recovered_on, r.lead.lead_no, r.amount)):
        year = one.recovered_on.year
        serials[year] = serials.get(year, 0) + 1
        numbered.append(replace(one, asset_no=f"CW{year}{serials[year]:06d}"))
    return numbered


def is_conduct(lead: Lead) -> bool:
    """Whether the lead is about a problem of conduct (中央八项规定精神)."""
    return Random(f"{lead.seed}/conduct").random() < CONDUCT


def _conduct(rng: Random, kinds: Mapping[str, float], several: list[Measure]) -> list[Conduct]:
    """The persons of one problem: each with what was decided first, in any form."""
    first, lead = several[0], several[0].lead
    type_code, publicised = pick(rng, kinds), rng.random() < 0.2
    happened = lead.received_on - timedelta(rng.randint(30, 700))
    found: dict[str, Conduct] = {}
    for one in several:
        is_talk = one.kind == "3"
        found.setdefault(
            one.person.person_no,
            Conduct(
                lead=first.lead,
                person=one.person,
                case=one.case,
                type_code=type_code,
                happened_on=happened,
                decided_on=one.decided_on,
                is_educated=is_talk and one.code[0] == "1",
                is_org_handled=is_talk and one.code[0] != "1",
                is_punished=not is_talk,
                is_publicised=publicised,
            ),
        )
    return list(found.values())


def conducts(decided: list[Measure]) -> list[Conduct]:
    """All persons handled for problems of conduct; a problem has the number of its first day."""
    by_lead: dict[str, list[Measure]] = {}
    for one in decided:  # in order of decision
        if is_conduct(one.lead):
            by_lead.setdefault(one.lead.lead_no, []).append(one)
    found, serials = [], dict[int, int]()
    for several in by_lead.values():
        discipline = next((m.case.discipline for m in several if m.case), None) or ""
        kinds = CONDUCT_TYPES.get(discipline, OTHER_TYPES)
        year = several[0].decided_on.year
        serials[year] = serials.get(year, 0) + 1
        number = f"ZF{year}{serials[year]:06d}"
        rng = Random(f"{several[0].lead.seed}/problem")
        found += [replace(c, problem_no=number) for c in _conduct(rng, kinds, several)]
    return found
