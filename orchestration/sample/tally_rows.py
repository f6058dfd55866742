"""The monthly tally: every owed item with its number of the month."""

from datetime import date
from random import Random

from expectations import registry
from expectations.registry import Period, Unit
from orchestration.sample import district
from orchestration.sample.books import Books, Row

USUAL = {"A0303": 400, "A0305": 900, "A0401": 3, "A0402": 5, "A0517": 6, "A0516": 4, "A0801": 180}
USUAL |= {"A0802": 60, "A0803": 37, "A0501": 12, "A0502": 4, "A0521": 3, "A0522": 3}


def _quantity(books: Books, item: registry.ActivityItem, unit_code: str, month: Period) -> float:
    code = item.item_code

    def within(day: date) -> bool:
        return month.starts_on <= day <= month.ends_on

    if code == "A0407":
        filed = {
            c.case_no
            for c in books.known.cases
            if c.lead.unit_code == unit_code and within(c.filed_on)
        }
        return len(filed)
    if code == "A0405":
        return sum(i.unit_code == unit_code and within(i.found_on) for i in books.known.issues)
    rng = Random(f"{books.known.seed}/{month.period}/{unit_code}/{code}")
    usual = USUAL.get(code, 1)
    value = rng.uniform(0.5, 1.5) * usual
    return round(value, 2) if code in ("A0801", "A0802") else int(value + rng.random() * 0.6)


def activities(books: Books, unit: Unit) -> list[Row]:
    """Every item that the unit owes, with the month and the year so far."""
    rows = []
    year = f"{books.year_start.year}-01"
    months = [
        p
        for p in registry.calendar().values()
        if max(year, books.known.first) <= p.period <= books.period.period
    ]
    for item in registry.activity_items().values():
        if not {unit.unit_type_code, unit.unit_code} & item.owed_by:
            continue
        stated = [
            (m, _quantity(books, item, code, m))
            for m in months
            for code in _reporters(books, unit, m)
        ]
        rows.append(
            {
                "item_code": item.item_code,
                "month_quantity": stated[-1][1],
                "ytd_quantity": round(sum(q for _, q in stated), 2)
                if item.aggregation == "sum"
                else None,
            }
        )
    return rows


def _reporters(books: Books, unit: Unit, month: Period) -> list[str]:
    """Who reported that month what the unit now carries: itself or its predecessors."""
    return [
        code
        for code in registry.units_on(month.ends_on)
        if district.owner(code, books.period.ends_on) == unit.unit_code
    ]
