"""What each unit's returns state at the end of a period: only what has happened by then."""

from collections.abc import Callable

from expectations.registry import Period, Unit
from orchestration.sample import (
    aftermath_rows,
    case_rows,
    lead_rows,
    petition_rows,
    plan_rows,
    tally_rows,
)
from orchestration.sample.books import Books, District, Row, happens

__all__ = ["District", "Ledgers", "Row", "happens"]

FORMS: dict[str, Callable[[Books, Unit], list[Row]]] = {
    "petitions": petition_rows.petitions,
    "leads": lead_rows.leads,
    "disposals": lead_rows.disposals,
    "lead_register": lambda books, _: lead_rows.register(books),
    "disposal_filings": lambda books, _: lead_rows.filings(books),
    "cases": case_rows.cases,
    "punishments": case_rows.punishments,
    "transfers": aftermath_rows.transfers,
    "recoveries": aftermath_rows.recoveries,
    "conduct_problems": aftermath_rows.conduct_problems,
    "campaign_items": plan_rows.campaign_items,
    "rectifications": case_rows.rectifications,
    "reforms": lambda books, _: plan_rows.reforms(books),
    "key_tasks": plan_rows.key_tasks,
    "activities": tally_rows.activities,
    "targets": lambda books, _: plan_rows.targets(books),
}


class Ledgers:
    """The ledgers of all units at the end of one period."""

    def __init__(self, known: District, period: Period) -> None:
        self._books = Books(known, period)

    def rows(self, form: str, unit: Unit) -> list[Row]:
        """The rows that the unit states on that form."""
        return FORMS[form](self._books, unit)
