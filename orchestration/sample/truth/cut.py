"""The cut at the end of a month that all true figures share, and the figures themselves."""

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from expectations import registry
from expectations.contract import contracts
from expectations.registry import DISTRICT, Period
from orchestration.sample import district
from orchestration.sample.books import District

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One true figure; rates are fractions, money is in 万元. No value and no text: 不适用."""

    indicator: str
    unit_code: str
    slice: str = ""
    value: float | None = None
    text: str | None = None
    numerator: float | None = None
    denominator: float | None = None

    @property
    def status(self) -> str:
        """`na` where there is nothing to tell (division by 0, median of nothing)."""
        return "na" if self.value is None and self.text is None else "value"


@dataclass(frozen=True, kw_only=True)
class Cut:
    """What has happened by the end of a month, under the units valid on a day.

    `valid_on` is the end of the month itself, or of the month a year later when the figures
    are last year's beside this year's (returns §6.0).
    """

    known: District
    period: Period
    valid_on: date

    @property
    def as_of(self) -> date:
        """The last day of the month."""
        return self.period.ends_on

    @property
    def year_start(self) -> date:
        """1 January of the year."""
        return self.as_of.replace(month=1, day=1)

    def by_now(self, day: date | None) -> bool:
        """T(d) of returns §6.0."""
        return day is not None and day <= self.as_of

    def in_year(self, day: date | None) -> bool:
        """Y(d) of returns §6.0."""
        return day is not None and self.year_start <= day <= self.as_of

    def has_begun(self, campaign: str) -> bool:
        """Whether the campaign has started; before that its figures do not apply."""
        return start(campaign) <= self.as_of

    def since(self, campaign: str, day: date | None) -> bool:
        """C(d,k) of returns §6.0."""
        return day is not None and start(campaign) <= day <= self.as_of

    def on_ledger(self, entered: date | None, *left: date | None) -> bool:
        """Whether some return so far states it: it may have left before the first one."""
        gone = min((d for d in left if d), default=None)
        return self.by_now(entered) and (gone is None or gone.year >= int(self.known.first[:4]))

    def owner(self, unit_code: str) -> str:
        """The unit that a closed unit's matters count for."""
        return district.owner(unit_code, self.valid_on)

    def units(self, form: str) -> list[registry.Unit]:
        """The units that owe a form, in the order of the registry."""
        owed_by = contracts()[form].owed_by
        return [u for u in registry.units_on(self.valid_on).values() if u.unit_type_code in owed_by]

    def parameter(self, name: str) -> float:
        """A parameter as in force at the end of the month."""
        return registry.parameter(name, self.as_of)

    def spread(self, form: str, things: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
        """Things by unit: all that owe the form, also those without any, and the district."""
        found: dict[str, list[T]] = {DISTRICT: []}
        found |= {u.unit_code: [] for u in self.units(form)}
        for unit_code, thing in things:
            found[DISTRICT].append(thing)
            found[self.owner(unit_code)].append(thing)
        return found


def start(campaign: str) -> date:
    """The day a campaign begins, of a parent the earliest of its children."""
    return min(c.start for code, c in district.campaigns().items() if code.startswith(campaign))


def month_later(day: date) -> date:
    """The same day of the next month, or its last: the limit of the first opinion."""
    year, month = day.year + day.month // 12, day.month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def rate(indicator: str, unit_code: str, part: float, whole: float, slice_: str = "") -> Figure:
    """A part of a whole."""
    return Figure(
        indicator=indicator,
        unit_code=unit_code,
        slice=slice_,
        value=part / whole if whole else None,
        numerator=part,
        denominator=whole,
    )


def counts(
    indicator: str, groups: dict[str, list[T]], keep: Callable[[T], bool], slice_: str = ""
) -> Iterator[Figure]:
    """How many of each unit's things are kept."""
    for unit_code, things in groups.items():
        value = sum(map(keep, things))
        yield Figure(indicator=indicator, unit_code=unit_code, slice=slice_, value=value)


def rates(
    indicator: str,
    groups: dict[str, list[T]],
    part: Callable[[T], bool],
    whole: Callable[[T], bool],
) -> Iterator[Figure]:
    """Of each unit's things that make up the whole, the share that is also in the part."""
    for unit_code, things in groups.items():
        told = [t for t in things if whole(t)]
        yield rate(indicator, unit_code, sum(map(part, told)), len(told))


def units_with(
    indicator: str, groups: dict[str, list[T]], keep: Callable[[T], bool]
) -> Iterator[Figure]:
    """How many units have such a thing; in a unit's own row 1 or 0."""
    have = {code: float(any(map(keep, group))) for code, group in groups.items()}
    have[DISTRICT] = sum(have.values()) - have[DISTRICT]
    for unit_code, value in have.items():
        yield Figure(indicator=indicator, unit_code=unit_code, value=value)


def applies(cut: Cut, campaign: str | None, told: Iterable[Figure]) -> Iterator[Figure]:
    """The figures, without their values as long as their campaign, if any, has not begun."""
    for one in told:
        yield (
            one
            if campaign is None or cut.has_begun(campaign)
            else Figure(indicator=one.indicator, unit_code=one.unit_code, slice=one.slice)
        )
