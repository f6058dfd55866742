"""Who owes which form for which period."""

from expectations.contract import Contract, contracts
from expectations.registry import ActivityItem, Period, Unit, activity_items, calendar, units_on


def month(period: str) -> Period:
    """The period of that id; ValueError with a text for the user if there is none."""
    found = calendar().get(period)
    if found is None:
        raise ValueError(f"报告期 {period} 不在日历中，应为 YYYY-MM")
    return found


def unit_in(unit_code: str, period: Period) -> Unit:
    """The unit as it was on the period's last day."""
    found = units_on(period.ends_on).get(unit_code)
    if found is None:
        raise ValueError(f"单位 {unit_code} 在 {period.ends_on} 不在单位名册中")
    return found


def owed_forms(unit: Unit, period: Period) -> list[Contract]:
    """Forms of a first hand-in for that period."""
    return [c for c in contracts().values() if c.is_owed(unit.unit_type_code, period.ends_on)]


def owed_items(unit: Unit) -> list[ActivityItem]:
    """Items of the tally form that the unit fills."""
    mine = {unit.unit_type_code, unit.unit_code, "ALL"}
    return [i for i in activity_items().values() if i.owed_by & mine]
