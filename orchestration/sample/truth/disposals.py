"""The truth about disposals: what is done with leads, what of it is filed and registered."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from expectations.registry import DISTRICT
from orchestration.sample import district
from orchestration.sample.events import Filing, Lead, Step
from orchestration.sample.truth.cut import Cut, Figure, counts, rates, units_with
from orchestration.sample.truth.standing import Standing, by_unit, standing

VERIFICATION, UNFOUNDED = "2", frozenset({"22", "28"})
MEASURED = frozenset({"office", "dispatched"})


def disposed(cut: Cut) -> Iterator[Figure]:
    """Figures 024, 125, 126 and 130: the first steps of this year."""
    held = {
        unit: [s.first for s in group if s.first]
        for unit, group in cut.spread(
            "disposals", ((s.lead.unit_code, s) for s in standing(cut))
        ).items()
    }
    yield from counts("lead_disposed_cnt", held, lambda _: True)
    yield from counts("lead_no_analysis_cnt", held, lambda f: not f.has_analysis)
    yield from rates("verification_share", held, lambda f: f.method == VERIFICATION, lambda _: True)
    for unit_code, firsts in held.items():
        methods = Counter(f.method for f in firsts)
        squares = sum(n * n for n in methods.values())
        value = squares / len(firsts) ** 2 if firsts else None
        yield Figure(indicator="disposal_method_hhi", unit_code=unit_code, value=value)
    yield from _all_verified(cut, held)


def _all_verified(cut: Cut, held: dict[str, list[Step]]) -> Iterator[Figure]:
    """Figure 127: offices and dispatched groups that verify whatever they get."""
    least = cut.parameter("all_verification_min")
    ranked = {u.unit_code for u in cut.units("disposals") if u.ranking_group in MEASURED}
    found = {
        code: float(
            code in ranked
            and len(firsts) >= least
            and all(f.method == VERIFICATION for f in firsts)
        )
        for code, firsts in held.items()
    }
    found[DISTRICT] = sum(found.values())
    for unit_code, value in found.items():
        yield Figure(indicator="all_verification_unit_cnt", unit_code=unit_code, value=value)


def verified(cut: Cut) -> Iterator[Figure]:
    """Figures 128 and 129: verifications concluded this year."""

    def results(one: Standing) -> set[str]:
        return {
            s.result
            for s in one.taken
            if s.method == VERIFICATION and s.result and cut.in_year(s.result_on)
        }

    held = by_unit(cut)
    yield from counts("verify_unfounded_cnt", held, lambda s: bool(UNFOUNDED & results(s)))
    yield from rates(
        "verify_unfounded_rate",
        held,
        lambda s: bool(UNFOUNDED & results(s)),
        lambda s: bool(results(s)),
    )


def _filed(cut: Cut, lead: Lead, step: Step) -> Filing | None:
    """The filing of a step, unless it came when the register had let the lead go."""
    filing = step.filing
    if filing is None or not cut.by_now(filing.filed_on):
        return None
    return filing if still_there(filing.filed_on, lead.closing_registered_on) else None


def still_there(day: date, left: date | None) -> bool:
    """Whether what happens on a day is still told by a line that left on another."""
    return left is None or day.year <= left.year


def filed(cut: Cut) -> Iterator[Figure]:
    """Figures 119 to 123: what the units filed with the case-management office."""
    leads = [
        s
        for s in standing(cut)
        if not s.lead.is_staff and cut.on_ledger(s.lead.registered_on, s.lead.closing_registered_on)
    ]
    told = cut.spread("disposals", ((s.lead.unit_code, s) for s in leads))
    yield from counts(
        "disposal_filed_cnt",
        told,
        lambda s: any(
            cut.in_year(f.filed_on) for f in (_filed(cut, s.lead, x) for x in s.lead.steps) if f
        ),
    )

    def pairs(one: Standing) -> list[tuple[str, str | None]]:
        """The method taken and the method filed, of each step of this year."""
        told = [(s, _filed(cut, one.lead, s)) for s in one.taken if cut.in_year(s.approved_on)]
        return [(s.method, f.method if f else None) for s, f in told]

    def unfiled(one: Standing) -> bool:
        return any(other is None for _, other in pairs(one))

    def compared(one: Standing) -> bool:
        return any(other is not None for _, other in pairs(one))

    def mismatched(one: Standing) -> bool:
        return any(other not in (None, method) for method, other in pairs(one))

    yield from counts("disposal_unfiled_cnt", told, unfiled)
    yield from counts("disposal_mismatch_cnt", told, mismatched)
    yield from rates("disposal_mismatch_rate", told, mismatched, compared)
    yield from units_with("disposal_mismatch_unit_cnt", told, mismatched)


def conflicts(cut: Cut) -> Iterator[Figure]:
    """Figure 124: fields in which the register of leads and the units' ledgers differ."""
    told = (
        (d.unit_code, _conflicts(cut, d))
        for d in cut.known.leads
        if not d.is_staff and cut.by_now(d.received_on)
    )
    for unit_code, numbers in cut.spread("disposals", told).items():
        yield Figure(
            indicator="system_ledger_conflict_cnt", unit_code=unit_code, value=sum(numbers)
        )


def _conflicts(cut: Cut, lead: Lead) -> int:
    left = lead.closing_registered_on
    in_register = cut.on_ledger(lead.registered_on, left)
    in_ledger = cut.on_ledger(lead.received_on, lead.closed_on)
    days = (lead.closed_on, left)
    if not any(d is None or not cut.by_now(d) or d >= cut.year_start for d in days):
        return 0  # neither must list it any more
    if not (in_register and in_ledger):
        return int(in_register or in_ledger)
    persons = sum(p.person_no != district.NOBODY for p in lead.persons)
    found = int(persons != lead.registered_person_count)
    if cut.by_now(lead.closed_on) and lead.closed_on != left:
        # the day differs; until the office learns of the end also the status and the outcome
        found += 1 if cut.by_now(left) else 3
    return found
