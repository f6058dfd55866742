"""Problems and matters that the special campaigns of the sample district deal with."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from expectations import registry
from orchestration.sample import district, rates
from orchestration.sample.district import after, pick

MASSES = "MAS"  # its matters come from the people, all others are problems to put right
WITHOUT_ITEMS = frozenset({"EDU", "PRV"})
SHARED = {"RUR": ("TWN", 0.25), MASSES: ("TWN", 0.3)}  # who deals with them besides the lead office
ITEMS_A_MONTH = 2.5
LASTING = 0.04
FIELD = {code: field for field, codes in district.CAMPAIGNS.items() for code in codes}


@dataclass(frozen=True, kw_only=True)
class Item:
    """One problem or matter of a campaign; `verified_on` of a matter is the day it was closed."""

    unit_code: str
    campaign: str
    kind: str
    field_code: str
    found_on: date
    due_on: date
    claimed_on: date | None
    verified_on: date | None
    is_lasting: bool
    amount: float | None
    item_no: str = ""


def _item(rng: Random, unit_code: str, campaign: str, first: date) -> Item:
    found_on = after(rng, first, 0, 20)
    days = rng.choice([60, 90, 120])
    draw = rng.random()
    low, high = (days, 2 * days) if draw < rates.ITEM_OVERDUE else (days // 3, days - 25)
    claimed = after(rng, found_on, low, high)
    by_people = campaign == MASSES
    return Item(
        unit_code=unit_code,
        campaign=campaign,
        kind="2" if by_people else pick(rng, {"1": 8, "3": 2}),
        field_code=FIELD.get(campaign, rng.choice(district.FIELDS)),
        found_on=found_on,
        due_on=found_on + timedelta(days),
        claimed_on=None if by_people else claimed,
        verified_on=after(rng, claimed, 3, 20),
        is_lasting=not by_people and draw > 1 - LASTING,
        amount=round(rng.uniform(0.2, 30), 2) if rng.random() < 0.15 else None,
    )


def _amounts(period: registry.Period, campaign: str) -> dict[str, float]:
    """How many items a unit finds in a month, by unit."""
    one = district.campaigns()[campaign]
    found = {one.lead: ITEMS_A_MONTH if campaign in (*SHARED, "GRN") else 0.8}
    kind, rate = SHARED.get(campaign, ("", 0.0))
    for unit in registry.units_on(period.ends_on).values():
        if unit.unit_type_code == kind:
            found[unit.unit_code] = rate
    return found


def items(last: str, seed: int) -> list[Item]:
    """All items found up to period `last`, numbered in order of the month."""
    found: list[Item] = []
    serials: dict[int, int] = {}
    for period in registry.calendar().values():
        if period.period > last:
            break
        for code, campaign in district.campaigns().items():
            if code in WITHOUT_ITEMS or campaign.start > period.ends_on - timedelta(10):
                continue
            first = max(campaign.start, period.starts_on)
            rng = Random(f"{seed}/{period.period}/{code}/items")
            for unit_code, rate in _amounts(period, code).items():
                for _ in range(int(rate + rng.random())):
                    year = period.starts_on.year
                    serials[year] = serials.get(year, 0) + 1
                    one = _item(rng, unit_code, code, first)
                    found.append(replace(one, item_no=f"ZX{year}{serials[year]:06d}"))
    return found
