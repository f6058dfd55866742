"""What happens in the sample district: leads, their disposal steps and filings."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from expectations import registry
from orchestration.sample import district
from orchestration.sample.district import Person, after, pick

TALK_RESULTS = {"11": 35, "12": 30, "13": 35}
VERIFY_RESULTS = {"21": 45, "22": 12, "23": 20, "24": 8, "25": 12, "26": 3}
OUTCOMES = {"11": "5", "12": "3", "21": "1", "22": "4", "23": "5", "24": "3", "25": "3", "26": "7"}
OUTCOMES |= {"41": "5", "42": "5", "49": "5"}


@dataclass(frozen=True, kw_only=True)
class Filing:
    """A disposal step as reported to the case-management office."""

    method: str
    filed_on: date
    result_filed_on: date | None


@dataclass(frozen=True, kw_only=True)
class Step:
    """One disposal step actually taken on a lead."""

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
    """One lead from its registration to its end; days may lie after any period."""

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

    @property
    def is_staff(self) -> bool:
        """Whether it concerns a member of the commission's own staff."""
        return self.unit_type == "GBJ"


def _drawn(seed: str, month: date) -> Lead:
    rng = Random(seed)
    registered = after(rng, month, 0, 27)
    assigned = (
        after(rng, registered, 0, 3) if rng.random() < 0.92 else after(rng, registered, 9, 16)
    )
    received = after(rng, assigned, 0, 2)
    unit = district.handling_unit(rng, received)
    business = rng.choice(district.FIELDS)
    return Lead(
        seed=seed,
        unit_code=unit.unit_code,
        unit_type=unit.unit_type_code,
        source="24"
        if unit.unit_type_code == "DIS" and rng.random() < 0.35
        else pick(rng, district.SOURCES),
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


def _talk(rng: Random, step: Step) -> Step:
    detail = pick(rng, {"11": 45, "12": 35, "13": 15, "14": 5})
    if detail in ("12", "13"):
        letter = after(rng, step.approved_on, 1, 5)
        reply = after(rng, letter, 5, 17)
        step = replace(step, letter_on=letter, reply_on=reply)
    result_on = after(rng, step.reply_on or step.approved_on, 5, 24)
    return replace(step, detail=detail, result=pick(rng, TALK_RESULTS), result_on=result_on)


def _verification(rng: Random, step: Step, lead: Lead) -> Step:
    started = after(rng, step.approved_on, 1, 5)
    step = replace(step, detail=pick(rng, {"21": 90, "22": 10}), started_on=started)
    if rng.random() < district.PENDING:
        extended = step.approved_on + timedelta(180) if rng.random() < 0.3 else None
        return replace(step, extended_to_on=extended)
    able = lead.persons[0].can_be_filed and lead.unit_code not in district.FILES_NO_CASE
    weights = {k: w for k, w in VERIFY_RESULTS.items() if able or k != "21"}
    ended = after(rng, started, 20, 70)
    return replace(
        step,
        ended_on=ended,
        result=pick(rng, weights),
        result_on=after(rng, ended, 1, 8),
        effort=rng.randint(4, 60),
    )


def _step(rng: Random, lead: Lead, method: str, proposed: date) -> Step:
    step = Step(
        method=method,
        detail=None,
        has_analysis=rng.random() < 0.93,
        proposed_on=proposed,
        approved_on=after(rng, proposed, 0, 4),
    )
    if method == "1":
        step = _talk(rng, step)
    elif method == "2":
        step = _verification(rng, step, lead)
    elif method == "3":
        step = replace(step, result="32", result_on=after(rng, step.approved_on, 60, 150))
    else:
        result = pick(rng, {"41": 3, "42": 5, "49": 2})
        step = replace(step, result=result, result_on=step.approved_on)
    return replace(step, filing=None if lead.is_staff else _filing(rng, step))


def _filing(rng: Random, step: Step) -> Filing | None:
    draw = rng.random()
    if draw < district.FILED_NEVER:
        return None
    late = draw < district.FILED_NEVER + district.FILED_LATE
    filed = after(rng, step.approved_on, *((8, 30) if late else (0, 2)))
    if rng.random() < district.FILED_OTHERWISE:
        other = "1" if step.method == "2" else "2"
        return Filing(method=other, filed_on=filed, result_filed_on=None)
    if step.result_on is None or rng.random() < 0.05:
        return Filing(method=step.method, filed_on=filed, result_filed_on=None)
    reported = after(rng, max(filed, step.result_on), 0, 4)
    return Filing(method=step.method, filed_on=filed, result_filed_on=reported)


def _first_method(rng: Random, lead: Lead) -> str:
    if lead.unit_code in district.VERIFIES_EVERYTHING:
        return "2"
    return pick(rng, {"1": 27, "2": 57, "3": 5, "4": 11})


def _disposed(lead: Lead) -> Lead:
    """The lead with its steps and its end."""
    rng = Random(f"{lead.seed}/steps")
    if lead.is_duplicate:
        closed = after(rng, lead.received_on, 1, 12)
        return replace(lead, closed_on=closed, outcomes=("6",) * len(lead.persons))
    draw = rng.random()
    if draw < district.OPINION_MISSING:
        return lead
    late = draw < district.OPINION_MISSING + district.OPINION_LATE
    proposed = after(rng, lead.received_on, *((34, 75) if late else (5, 26)))
    steps = [_step(rng, lead, _first_method(rng, lead), proposed)]
    if steps[0].result in ("13", "32") and steps[0].result_on:
        steps.append(_step(rng, lead, "2", after(rng, steps[0].result_on, 0, 5)))
    last = steps[-1]
    lead = replace(lead, steps=tuple(steps))
    if last.result is None or last.result_on is None:
        return lead
    heads = OUTCOMES[last.result]
    closed = after(rng, last.result_on, 1, 9) if heads == "1" else last.result_on
    others = ("1" if heads == "1" and p.can_be_filed else "3" for p in lead.persons[1:])
    outcomes = (heads, *(others if heads in "13" else [heads] * (len(lead.persons) - 1)))
    return replace(lead, closed_on=closed, outcomes=outcomes)


def leads(last: str, seed: int) -> list[Lead]:
    """All leads registered up to period `last`, from the first month of the calendar."""
    drawn = []
    for period in registry.calendar().values():
        if period.period > last:
            break
        count = Random(f"{seed}/{period.period}").randint(*district.LEADS_A_MONTH)
        drawn += [_drawn(f"{seed}/{period.period}/{n:03d}", period.starts_on) for n in range(count)]
    return [_disposed(lead) for lead in _numbered(drawn)]
