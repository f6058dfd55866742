"""One lead as it stands at the cut: the sets of returns §6.0 that figures of leads count."""

from dataclasses import dataclass
from datetime import date, timedelta

from orchestration.sample.events import Lead, Step
from orchestration.sample.truth.cut import Cut, month_later

FOUND = frozenset({"21", "22", "23", "24", "31"})  # by the commission itself, without petitions
LIMITED = {"1": "talk_days", "2": "verify_days"}


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
    def cycle_days(self) -> int:
        """Days from receipt to the end."""
        return ((self.lead.closed_on or self.cut.as_of) - self.lead.received_on).days

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
