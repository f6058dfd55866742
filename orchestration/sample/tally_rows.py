"""The monthly tally: every owed item with its number of the month."""

from expectations import registry
from expectations.registry import Period, Unit
from orchestration.sample import district, tallies
from orchestration.sample.books import Books, Row


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
            (m, tallies.quantity(books.known, item.item_code, code, m))
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
