"""The truth about leads: accepted, closed, open, in stock, overdue; first opinions in time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import mean, median

from orchestration.sample.events import Lead, Step
from orchestration.sample.truth.cut import (
    Cut,
    Figure,
    counts,
    month_later,
    rates,
    start,
    units_with,
)

FOUND = frozenset({"21", "22", "23", "24", "31"})  # by the commission itself, without petitions
LIMITED = {"1": "talk_days", "2": "verify_days"}
BANDS = {"le30": (0, 30), "31_90": (31, 90), "91_180": (91, 180), "gt180": (181, 99999)}


@dataclass(frozen=True)
class Standing:
    """One lead as it stands at the cut."""

    cut: Cut
    lead: Lead

    @property
    def accepted(self) -> bool:
        """ACC: received this year."""
        return self.cut.in_year(self.lead.received_on)

    @property
    def ended(self) -> bool:
        """Closed by now, in whatever year."""
        return self.cut.by_now(self.lead.closed_on)

    @property
    def closed(self) -> bool:
        """CLOSED: closed this year."""
        return self.cut.in_year(self.lead.closed_on)

    @property
    def open(self) -> bool:
        """OPEN: on hand now."""
        return not self.ended

    @property
    def in_stock(self) -> bool:
        """Received in an earlier year and not closed when this year began."""
        lead, began = self.lead, self.cut.year_start
        return lead.received_on < began and not (lead.closed_on and lead.closed_on < began)

    @property
    def found(self) -> bool:
        """Found by the commission's own supervision and investigations."""
        return self.lead.source in FOUND

    @property
    def taken(self) -> list[Step]:
        """DISP: the steps approved by now."""
        return [s for s in self.lead.steps if self.cut.by_now(s.approved_on)]

    @property
    def first(self) -> Step | None:
        """The first step, if it was approved this year: the lead is disposed of."""
        taken = self.taken
        return taken[0] if taken and self.cut.in_year(taken[0].approved_on) else None

    @property
    def limit(self) -> date | None:
        """The day by which it should have come to an end; None where there is no limit."""
        if not self.taken:
            return month_later(self.lead.received_on)
        last = self.taken[-1]
        if last.method not in LIMITED:
            return None
        if last.extended_to_on and self.cut.by_now(last.started_on):
            return last.extended_to_on
        return last.approved_on + timedelta(self.cut.parameter(LIMITED[last.method]))

    @property
    def overdue(self) -> bool:
        """On hand beyond its limit."""
        return self.open and self.limit is not None and self.limit < self.cut.as_of

    @property
    def held_days(self) -> int:
        """Days since it was received."""
        return (self.cut.as_of - self.lead.received_on).days

    @property
    def due_on(self) -> date:
        """The last day for the first opinion."""
        return month_later(self.lead.received_on)

    @property
    def opinion_on(self) -> date | None:
        """The day of the first opinion, if there is one by now."""
        first = self.lead.steps[0].proposed_on if self.lead.steps else None
        return first if self.cut.by_now(first) else None

    @property
    def due(self) -> bool:
        """DUE: the first opinion should have come this year."""
        return self.cut.in_year(self.due_on)

    @property
    def in_time(self) -> bool:
        """The first opinion came within its month."""
        return self.opinion_on is not None and self.opinion_on <= self.due_on

    @property
    def late(self) -> bool:
        """Due this year, and late or still missing."""
        return self.due and not self.in_time

    @property
    def late_days(self) -> int:
        """Days from the limit to the first opinion, or to now."""
        return ((self.opinion_on or self.cut.as_of) - self.due_on).days


def standing(cut: Cut) -> list[Standing]:
    """LEAD: every lead on a ledger that is not known to be a duplicate."""
    return [
        Standing(cut, d)
        for d in cut.known.leads
        if cut.on_ledger(d.received_on, d.closed_on)
        and not (d.is_duplicate and cut.by_now(d.closed_on))
    ]


def by_unit(cut: Cut) -> dict[str, list[Standing]]:
    """LEAD by unit, the district included."""
    return cut.spread("leads", ((s.lead.unit_code, s) for s in standing(cut)))


def accepted_and_closed(cut: Cut) -> Iterator[Figure]:
    """Figures 098, 099, 131, 132, 139, 176 to 179."""
    held = by_unit(cut)
    yield from counts("lead_accepted_cnt", held, lambda s: s.accepted)
    yield from counts("new_lead_cnt", held, lambda s: s.accepted)
    yield from counts("lead_open_cnt", held, lambda s: s.open)
    yield from rates("lead_close_rate", held, lambda s: s.ended, lambda s: s.accepted)
    yield from counts("self_found_lead_cnt", held, lambda s: s.accepted and s.found)
    yield from rates("self_found_lead_share", held, lambda s: s.found, lambda s: s.accepted)
    yield from counts("stock_lead_cnt", held, lambda s: s.in_stock)
    yield from counts("stock_cleared_cnt", held, lambda s: s.in_stock and s.closed)
    yield from rates("stock_clear_rate", held, lambda s: s.closed, lambda s: s.in_stock)


def became_cases(cut: Cut) -> Iterator[Figure]:
    """Figures 097 and 100: of the leads closed (or disposed of) this year, those filed."""
    closed = cut.parameter("lead_to_case_denominator") == 1
    filed = {
        c.lead.lead_no
        for c in cut.known.cases
        if cut.on_ledger(c.filed_on, c.closed_on, c.withdrawn_on)
    }

    def asked(one: Standing) -> bool:
        return one.closed if closed else one.first is not None

    def is_case(one: Standing) -> bool:
        return one.lead.lead_no in filed

    held = by_unit(cut)
    yield from rates("lead_to_case_rate", held, is_case, asked)
    yield from rates("self_found_case_rate", held, is_case, lambda s: s.found and asked(s))


def overdue(cut: Cut) -> Iterator[Figure]:
    """Figures 133 to 135 and 137."""
    held = by_unit(cut)
    yield from counts("lead_overdue_open_cnt", held, lambda s: s.overdue)
    yield from rates("lead_overdue_open_rate", held, lambda s: s.overdue, lambda s: s.open)
    yield from units_with("lead_overdue_unit_cnt", held, lambda s: s.overdue)
    days = timedelta(cut.parameter("long_pending_days"))
    yield from counts(
        "verify_long_pending_cnt",
        held,
        lambda s: (
            s.open
            and bool(s.taken)
            and s.taken[-1].method == "2"
            and cut.as_of - s.taken[-1].approved_on > days
        ),
    )


def durations(cut: Cut) -> Iterator[Figure]:
    """Figures 136 and 138, in days."""
    for unit_code, group in by_unit(cut).items():
        held = [s.held_days for s in group if s.open]
        cycle = [(s.lead.closed_on - s.lead.received_on).days for s in group if s.closed]
        told = {"lead_hold_days": (held, {"median": median, "max": max})}
        told["lead_cycle_days"] = (cycle, {"median": median, "mean": mean})
        for indicator, (days, measures) in told.items():
            for name, measure in measures.items():
                value = measure(days) if days else None
                yield Figure(indicator=indicator, unit_code=unit_code, slice=name, value=value)
        for name, (low, high) in BANDS.items():
            value = sum(low <= day <= high for day in held)
            yield Figure(indicator="lead_hold_days", unit_code=unit_code, slice=name, value=value)


def opinions(cut: Cut) -> Iterator[Figure]:
    """Figures 113 to 118: the one-month limit of the first opinion."""
    held = by_unit(cut)
    yield from counts("disposal_due_cnt", held, lambda s: s.due)
    yield from counts("disposal_ontime_cnt", held, lambda s: s.due and s.in_time)
    yield from rates("disposal_ontime_rate", held, lambda s: s.in_time, lambda s: s.due)
    late = "disposal_overdue_cnt"
    yield from counts(late, held, lambda s: s.late)
    yield from counts(late, held, lambda s: s.late and s.opinion_on is not None, "late")
    yield from counts(late, held, lambda s: s.late and s.opinion_on is None, "missing")
    yield from counts(
        late,
        held,
        lambda s: s.open and s.due_on < cut.year_start and s.opinion_on is None,
        "carried",
    )
    yield from units_with("disposal_overdue_unit_cnt", held, lambda s: s.late)
    for unit_code, group in held.items():
        days = [s.late_days for s in group if s.late]
        for name, measure in (("max", max), ("mean", mean)):
            value = measure(days) if days else None
            yield Figure(
                indicator="disposal_overdue_days", unit_code=unit_code, slice=name, value=value
            )


def others(cut: Cut) -> Iterator[Figure]:
    """Figures 140, 175, 183, 191, 214, 221 and 222, which few speeches need."""
    held = by_unit(cut)
    yield from counts(
        "key_field_lead_cnt",
        held,
        lambda s: s.accepted and (s.lead.campaign or "").startswith(("RUR", "LIV", "ENG")),
    )
    yield from counts(
        "town_check_lead_cnt",
        held,
        lambda s: s.accepted and s.lead.source == "22" and s.lead.unit_type in ("TWN", "STR"),
    )
    yield from counts("insp_lead_transferred_cnt", held, lambda s: s.lead.source == "44")
    began = start("EDU")
    staff = {
        code: [s for s in group if s.lead.is_staff and cut.has_begun("EDU")]
        for code, group in held.items()
    }
    for slice_ in ("", "1", "2"):  # on duty, retired: the sample's are all on duty
        yield from counts(
            "staff_lead_ledger_cnt",
            staff,
            lambda s: not (s.lead.closed_on and s.lead.closed_on < began),
            slice_,
        )
    yield from counts("staff_lead_new_cnt", staff, lambda s: s.lead.received_on >= began)
    for unit_code, group in held.items():
        days = sum(
            step.effort or 0
            for s in group
            for step in s.taken
            if cut.in_year(step.approved_on) and cut.by_now(step.ended_on)
        )
        yield Figure(indicator="verify_effort_person_days", unit_code=unit_code, value=days)
