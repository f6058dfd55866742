"""The truth about what units count by the month: sums of items over the year or a campaign."""

from collections.abc import Iterable, Iterator
from functools import cache

from expectations import registry
from expectations.registry import DISTRICT, ActivityItem, Period
from orchestration.sample import tallies
from orchestration.sample.truth.cut import Cut, Figure, applies, rate, start

# Part and whole, item by item; a figure of the district alone is given for it alone.
RATES = {
    "integrity_opinion_neg_rate": (("A1602", "A1603"), "A1601"),
    "netizen_satisfaction_rate": (("A1503",), "A1502"),
    "self_report_submit_rate": (("A0522",), "A0521"),
}
BY_ITEM = frozenset({"suggestion_letter_cnt", "publicity_adopted_cnt", "priority_area_check_cnt"})
DISTRICT_ONLY = frozenset({"001", "002", "003", "065", "066"})
OF_STATISTICS = frozenset({"stat_data_check_cnt", "stat_law_check_cnt"})
PUBLICITY, PUBLICITY_RANK = "publicity_adopted_cnt", "publicity_rank"


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    return {r["indicator"]: r for r in registry.rows("indicators")}


@cache
def _fed() -> dict[str, tuple[str, ...]]:
    """The items that add up to each figure, by the figure's number in the catalogue."""
    numbers = {r["no"]: name for name, r in _catalogue().items()}
    found: dict[str, tuple[str, ...]] = {}
    for row in registry.rows("activity_items"):
        name = numbers.get(row["indicator_no"])
        if name and name not in RATES:
            found[name] = (*found.get(name, ()), row["item_code"])
    return found


def _campaign(indicator: str) -> str | None:
    if indicator in OF_STATISTICS:
        return "STA"
    window = _catalogue()[indicator]["window"]
    return "EDU" if window == "CAMP" or indicator == "self_report_submit_rate" else None


def _months(cut: Cut, campaign: str | None) -> list[Period]:
    since = f"{start(campaign):%Y-%m}" if campaign else f"{cut.as_of.year}-01"
    first = max(since, cut.known.first)
    return [p for p in registry.calendar().values() if first <= p.period <= cut.period.period]


def _owes(unit: registry.Unit, item: ActivityItem) -> bool:
    return bool({unit.unit_type_code, unit.unit_code} & item.owed_by)


def _numbers(cut: Cut, code: str, campaign: str | None) -> dict[str, float]:
    """An item by unit, predecessors included; of a state the last month's."""
    item = registry.activity_items()[code]
    months = _months(cut, campaign)
    found = {u.unit_code: 0.0 for u in registry.units_on(cut.valid_on).values() if _owes(u, item)}
    for month in months[-1:] if item.aggregation == "last" else months:
        for unit in registry.units_on(month.ends_on).values():
            if _owes(unit, item):
                number = tallies.quantity(cut.known, code, unit.unit_code, month)
                found[cut.owner(unit.unit_code)] += number
    return found


def _summed(cut: Cut, codes: Iterable[str], campaign: str | None) -> dict[str, float]:
    found: dict[str, float] = {DISTRICT: 0.0}
    for code in codes:
        for unit, number in _numbers(cut, code, campaign).items():
            found[unit] = found.get(unit, 0.0) + number
            found[DISTRICT] += number
    return {unit: round(number, 2) for unit, number in found.items()}


def tally(cut: Cut) -> Iterator[Figure]:
    """Every figure that comes from the tally alone."""
    for indicator, codes in _fed().items():
        for slice_ in ("", *(codes if indicator in BY_ITEM else ())):
            yield from _sum(cut, indicator, (slice_,) if slice_ else codes, slice_)
    for indicator, (parts, whole) in RATES.items():
        campaign = _campaign(indicator)
        part, all_ = (_summed(cut, codes, campaign) for codes in (parts, (whole,)))
        told = (rate(indicator, unit, part[unit], number) for unit, number in all_.items())
        yield from applies(cut, campaign, _where_shown(told))


def _sum(cut: Cut, indicator: str, codes: Iterable[str], slice_: str) -> Iterator[Figure]:
    campaign = _campaign(indicator)
    told = (
        Figure(indicator=indicator, unit_code=unit, slice=slice_, value=number)
        for unit, number in _summed(cut, codes, campaign).items()
    )
    yield from applies(cut, campaign, _where_shown(told))


def _where_shown(told: Iterable[Figure]) -> Iterator[Figure]:
    """Some figures are the district's alone."""
    catalogue = _catalogue()
    return (
        f
        for f in told
        if f.unit_code == DISTRICT or catalogue[f.indicator]["no"] not in DISTRICT_ONLY
    )


def publicity_rank(cut: Cut) -> Iterator[Figure]:
    """Figure 112: units of a ranking group by what the media took from them."""
    numbers = _summed(cut, _fed()[PUBLICITY], None)
    groups: dict[str, list[str]] = {}
    for unit in registry.units_on(cut.valid_on).values():
        if unit.ranking_group:
            groups.setdefault(unit.ranking_group, []).append(unit.unit_code)
    for units in groups.values():
        higher = sorted({numbers[u] for u in units}, reverse=True)
        for unit_code in units:
            place = higher.index(numbers[unit_code]) + 1
            yield Figure(indicator=PUBLICITY_RANK, unit_code=unit_code, value=place)
