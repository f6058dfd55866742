"""How the sample district disposes of leads: the steps, their filings and the lead's end."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from orchestration.sample import rates
from orchestration.sample.district import after, pick
from orchestration.sample.events import Filing, Lead, Step

TALK_RESULTS = {"11": 35, "12": 30, "13": 35}
VERIFY_RESULTS = {"21": 45, "22": 12, "23": 20, "24": 8, "25": 12, "26": 3}
OUTCOMES = {"11": "5", "12": "3", "21": "1", "22": "4", "23": "5", "24": "3", "25": "3", "26": "7"}
OUTCOMES |= {"41": "5", "42": "5", "49": "5"}


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
    if rng.random() < rates.PENDING:
        extended = step.approved_on + timedelta(180) if rng.random() < 0.3 else None
        step = replace(step, extended_to_on=extended)
        if rng.random() < rates.NEVER_ENDS:
            return step
        ended = after(rng, started, 120, 300)
    else:
        ended = after(rng, started, 20, 70)
    able = lead.persons[0].can_be_filed and lead.unit_code not in rates.FILES_NO_CASE
    weights = {k: w for k, w in VERIFY_RESULTS.items() if able or k != "21"}
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
        has_analysis=rng.random() >= rates.WITHOUT_ANALYSIS,
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
    if draw < rates.FILED_NEVER:
        return None
    late = draw < rates.FILED_NEVER + rates.FILED_LATE
    filed = after(rng, step.approved_on, *((8, 30) if late else (0, 2)))
    if rng.random() < rates.FILED_OTHERWISE:
        other = "1" if step.method == "2" else "2"
        return Filing(method=other, filed_on=filed, result_filed_on=None)
    if step.result_on is None or rng.random() < 0.05:
        return Filing(method=step.method, filed_on=filed, result_filed_on=None)
    reported = after(rng, max(filed, step.result_on), 0, 4)
    return Filing(method=step.method, filed_on=filed, result_filed_on=reported)


def _first_method(rng: Random, lead: Lead) -> str:
    if lead.unit_code in rates.VERIFIES_EVERYTHING:
        return "2"
    return pick(rng, {"1": 27, "2": 57, "3": 5, "4": 11})


def disposed(lead: Lead) -> Lead:
    """The lead with its steps and its end, and when the case-management office learns of it."""
    lead = _ended(lead)
    rng = Random(f"{lead.seed}/closing")
    if lead.closed_on and not lead.is_duplicate and rng.random() < rates.REGISTER_LAGS:
        return replace(lead, closing_registered_on=after(rng, lead.closed_on, 15, 50))
    return replace(lead, closing_registered_on=lead.closed_on)


def _ended(lead: Lead) -> Lead:
    rng = Random(f"{lead.seed}/steps")
    if lead.is_duplicate:
        closed = after(rng, lead.received_on, 1, 12)
        return replace(lead, closed_on=closed, outcomes=("6",) * len(lead.persons))
    draw = rng.random()
    if draw < rates.OPINION_MISSING:
        return lead
    late = draw < rates.OPINION_MISSING + rates.OPINION_LATE
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
