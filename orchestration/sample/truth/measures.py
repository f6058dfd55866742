"""The truth about what was decided on persons: punished, handled, handed over, four forms."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from expectations import registry
from expectations.registry import DISTRICT
from orchestration.sample.measures import Measure
from orchestration.sample.truth.cut import Cut, Figure, counts

PARTY, GOVERNMENT, WITHOUT_CASE = "1", "2", "3"
TWO_RESPONSIBILITIES = "1"
FORMS = ("1", "2", "3", "4")


def told(cut: Cut) -> list[Measure]:
    """HAND: every measure on a ledger, in order of decision."""
    found = [
        m
        for m in cut.known.measures
        if cut.on_ledger(m.decided_on, m.decided_on if m.kind == WITHOUT_CASE else m.executed_on)
    ]
    return sorted(found, key=lambda m: (m.decided_on, m.punish_no))


def is_punishment(one: Measure) -> bool:
    """PUN: a party or government punishment."""
    return one.kind != WITHOUT_CASE


def firsts(measures: Iterable[Measure]) -> list[Measure]:
    """The first measure of each person; they come in order."""
    found: dict[str, Measure] = {}
    for one in measures:
        found.setdefault(one.person.person_no, one)
    return list(found.values())


def once_each(
    cut: Cut, indicator: str, measures: Iterable[Measure], slice_: str = ""
) -> Iterator[Figure]:
    """Persons, each once, where the first of these measures was decided."""
    persons = ((m.lead.unit_code, m) for m in firsts(measures))
    yield from counts(indicator, cut.spread("punishments", persons), lambda _: True, slice_)


def punished(cut: Cut) -> Iterator[Figure]:
    """Figures 012 and 027 to 030: persons, each once a year."""
    this_year = [m for m in told(cut) if cut.in_year(m.decided_on)]
    by_person: dict[str, list[Measure]] = defaultdict(list)
    for one in filter(is_punishment, this_year):
        by_person[one.person.person_no].append(one)
    held = cut.spread("punishments", ((m[0].lead.unit_code, m) for m in by_person.values()))

    def has(kind: str) -> Callable[[list[Measure]], bool]:
        return lambda measures: any(m.kind == kind for m in measures)

    yield from counts("punished_person_cnt", held, lambda _: True)
    yield from counts("party_punished_person_cnt", held, has(PARTY))
    yield from counts("gov_punished_person_cnt", held, has(GOVERNMENT))
    yield from counts(
        "dual_punished_person_cnt", held, lambda m: has(PARTY)(m) and has(GOVERNMENT)(m)
    )
    for rank in (c.code for c in registry.codes("rank_level") if c.is_leaf):
        for unit_code, persons in held.items():
            value = sum(m[0].person.rank == rank for m in persons)
            if value or unit_code == DISTRICT:
                yield Figure(
                    indicator="punished_person_cnt",
                    unit_code=unit_code,
                    slice=f"rank:{rank}",
                    value=value,
                )
    yield from once_each(
        cut,
        "two_resp_accountability_cnt",
        (m for m in this_year if m.reason == TWO_RESPONSIBILITIES),
    )


def four_forms(cut: Cut) -> Iterator[Figure]:
    """Figure 231: each person in each matter once, under the heaviest form."""
    rows: dict[tuple[str, str], list[tuple[date, str, str]]] = defaultdict(list)
    for m in told(cut):
        rows[m.lead.lead_no, m.person.person_no].append((m.decided_on, m.lead.unit_code, m.form))
    for t in cut.known.transfers:
        if cut.on_ledger(t.transferred_on, t.judged_on, t.nonprosecuted_on):
            key = t.case.lead.lead_no, t.case.person.person_no
            rows[key].append((t.transferred_on, t.case.lead.unit_code, "4"))
    matters = (
        (min(row)[1], max(form for _, _, form in row))
        for row in rows.values()
        if cut.in_year(min(row)[0])
    )
    held = cut.spread("punishments", matters)
    yield from counts("four_forms_cnt", held, lambda _: True)
    for form in FORMS:
        yield from counts("four_forms_cnt", held, form.__eq__, form)


def transferred(cut: Cut) -> Iterator[Figure]:
    """Figures 031 and 032: cases and persons handed to the procuratorate this year."""
    found = (
        (t.case.lead.unit_code, t)
        for t in cut.known.transfers
        if cut.on_ledger(t.transferred_on, t.judged_on, t.nonprosecuted_on)
        and cut.in_year(t.transferred_on)
    )
    for unit_code, group in cut.spread("transfers", found).items():
        cases, persons = {t.case.case_no for t in group}, {t.case.person.person_no for t in group}
        yield Figure(indicator="transfer_case_cnt", unit_code=unit_code, value=len(cases))
        yield Figure(indicator="transfer_person_cnt", unit_code=unit_code, value=len(persons))


def recovered(cut: Cut) -> Iterator[Figure]:
    """Figure 033, in 万元: what was recovered this year; losses made good stand beside it."""
    most = cut.parameter("recovered_kind_max")
    found = (
        (r.lead.unit_code, r)
        for r in cut.known.recoveries
        if cut.on_ledger(r.recovered_on, r.turned_in_on) and cut.in_year(r.recovered_on)
    )
    for unit_code, group in cut.spread("recoveries", found).items():
        amounts = {"": sum(r.amount for r in group if int(r.kind) <= most)}
        amounts |= {kind: sum(r.amount for r in group if r.kind == kind) for kind in "56"}
        for name, amount in amounts.items():
            yield Figure(
                indicator="recovered_amount_wan",
                unit_code=unit_code,
                slice=name,
                value=round(amount, 2),
            )


def conduct(cut: Cut) -> Iterator[Figure]:
    """Figures 046 to 053 and 170 to 172: problems of conduct and the persons handled for them."""
    rows = [c for c in cut.known.conducts if cut.on_ledger(c.decided_on, c.decided_on)]
    known_since: dict[str, date] = {}
    for one in rows:
        known_since[one.problem_no] = min(
            one.decided_on, known_since.get(one.problem_no, one.decided_on)
        )
    for unit_code, group in cut.spread(
        "conduct_problems", ((c.lead.unit_code, c) for c in rows)
    ).items():
        problems = {
            kind: len(
                {
                    c.problem_no
                    for c in group
                    if c.type_code[0] == kind and cut.in_year(known_since[c.problem_no])
                }
            )
            for kind in "XH"
        }
        persons = [c for c in group if cut.in_year(c.decided_on)]
        formal = [c for c in persons if c.type_code[0] == "X"]
        both = problems["X"] + problems["H"]
        values: dict[str, float] = {
            "eight_rules_problem_cnt": both,
            "four_winds_problem_cnt": both,
            "formalism_problem_cnt": problems["X"],
            "hedonism_problem_cnt": problems["H"],
        }
        kept = {
            "eight_rules_person_cnt": persons,
            "eight_rules_punished_cnt": [c for c in persons if c.is_punished],
            "formalism_person_cnt": formal,
            "formalism_punished_cnt": [c for c in formal if c.is_punished],
            "formalism_org_handled_cnt": [c for c in formal if c.is_org_handled],
            "hedonism_punished_cnt": [c for c in persons if c.is_punished and c not in formal],
        }
        values |= {k: len({c.person.person_no for c in told}) for k, told in kept.items()}
        for indicator, value in values.items():
            yield Figure(indicator=indicator, unit_code=unit_code, value=value)
        share = problems["X"] / both if both else None
        yield Figure(
            indicator="formalism_share_four_winds",
            unit_code=unit_code,
            value=share,
            numerator=problems["X"],
            denominator=both,
        )
