"""What is known by the end of a period: the cut that all ledgers of a unit share."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from expectations.registry import Period, Unit
from orchestration.sample import (
    aftermath,
    campaign_items,
    district,
    events,
    issues,
    matters,
    measures,
    petitions,
    plans,
    steps,
)
from orchestration.sample.aftermath import Conduct, Recovery, Transfer
from orchestration.sample.campaign_items import Item
from orchestration.sample.events import Lead
from orchestration.sample.issues import Issue
from orchestration.sample.matters import Case
from orchestration.sample.measures import Measure
from orchestration.sample.petitions import Petition
from orchestration.sample.plans import Reform, Task

Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class District:
    """All that ever happens in the sample district; `first` is the first period written."""

    seed: int
    first: str
    leads: list[Lead]
    cases: list[Case]
    measures: list[Measure]
    issues: list[Issue]
    petitions: list[Petition]
    transfers: list[Transfer]
    recoveries: list[Recovery]
    conducts: list[Conduct]
    items: list[Item]
    reforms: list[Reform]
    tasks: list[Task]


def happens(first: str, last: str, seed: int) -> District:
    """The district's events; the same up to any period, however far `last` lies."""
    leads = [steps.disposed(lead) for lead in events.leads(last, seed)]
    cases = matters.cases(leads)
    decided = measures.measures(leads, cases)
    return District(
        seed=seed,
        first=first,
        leads=leads,
        cases=cases,
        measures=decided,
        issues=issues.issues(last, seed),
        petitions=petitions.petitions(leads, last, seed),
        transfers=aftermath.transfers(cases, decided),
        recoveries=aftermath.recoveries(cases, decided),
        conducts=aftermath.conducts(decided),
        items=campaign_items.items(last, seed),
        reforms=plans.reforms(last, seed),
        tasks=plans.tasks(last, seed),
    )


@dataclass(frozen=True)
class Books:
    """The district as it stands at the end of one period; later days are not yet known."""

    known: District
    period: Period

    @property
    def year_start(self) -> date:
        """1 January of the period's year."""
        return self.period.ends_on.replace(month=1, day=1)

    def by_now(self, day: date | None) -> date | None:
        """The day if it has come, else None."""
        return day if day and day <= self.period.ends_on else None

    def listed(self, entered: date, *left: date | None) -> bool:
        """Whether a key is on the ledger: entered by now and not left before this year."""
        gone = min((d for d in left if d), default=None)
        return bool(self.by_now(entered)) and (gone is None or gone >= self.year_start)

    def holds(self, unit: Unit, unit_code: str) -> bool:
        """Whether the unit keeps the ledgers of `unit_code` now: its own or a predecessor's."""
        return district.owner(unit_code, self.period.ends_on) == unit.unit_code
