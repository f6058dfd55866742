"""The ledgers on leads: leads, disposals, the register and the filings."""

from datetime import date

from expectations.registry import Unit
from orchestration.sample import district
from orchestration.sample.books import Books, Row
from orchestration.sample.events import Lead, Step

UNDER_WAY = {"1": "20", "2": "30", "3": "40", "4": "10"}


def _held(books: Books, unit: Unit) -> list[Lead]:
    return [
        d
        for d in books.known.leads
        if books.holds(unit, d.unit_code) and books.listed(d.received_on, d.closed_on)
    ]


def _registered(books: Books) -> list[Lead]:
    return [
        d
        for d in books.known.leads
        if not d.is_staff and books.listed(d.registered_on, d.closing_registered_on)
    ]


def _status(books: Books, lead: Lead, closed: date | None) -> str:
    if closed:
        return "80" if lead.is_duplicate else "60" if "1" in lead.outcomes else "50"
    approved = [s for s in lead.steps if books.by_now(s.approved_on)]
    return UNDER_WAY[approved[-1].method] if approved else "10"


def leads(books: Books, unit: Unit) -> list[Row]:
    """Leads × persons that the unit holds."""
    rows = []
    for lead in _held(books, unit):
        closed = books.by_now(lead.closed_on)
        for n, person in enumerate(lead.persons):
            rows.append(
                {
                    "lead_no": lead.lead_no,
                    "person_no": person.person_no,
                    "petition_no": lead.petition_no,
                    "received_on": lead.received_on,
                    "stat_on": lead.received_on,
                    "source_code": lead.source,
                    "inspection_round": district.inspection_round(lead.received_on)
                    if lead.source == "44"
                    else None,
                    "is_duplicate": bool(closed) and lead.is_duplicate,
                    "original_lead_no": lead.original_lead_no if closed else None,
                    "is_staff": lead.is_staff,
                    "staff_status_code": "1" if lead.is_staff else None,
                    "political_status_code": person.political,
                    "is_supervisee": person.supervisee_class is not None,
                    "rank_code": person.rank,
                    "authority_code": person.authority,
                    "is_top_leader": person.is_top_leader,
                    "field_code": lead.field_code,
                    "campaign_code": lead.campaign,
                    "is_supervised": lead.is_supervised,
                    "status_code": _status(books, lead, closed),
                    "closed_on": closed,
                    "closed_stat_on": closed,
                    "outcome_code": lead.outcomes[n] if closed else None,
                }
            )
    return rows


def disposals(books: Books, unit: Unit) -> list[Row]:
    """Steps taken on the leads that the unit holds."""
    return [
        _step(books, lead, seq, step)
        for lead in _held(books, unit)
        for seq, step in enumerate(lead.steps, 1)
        if books.by_now(step.proposed_on)
    ]


def _step(books: Books, lead: Lead, seq: int, step: Step) -> Row:
    approved, result = books.by_now(step.approved_on), books.by_now(step.result_on)
    return {
        "lead_no": lead.lead_no,
        "seq_no": seq,
        "proposed_on": step.proposed_on,
        "approved_on": approved,
        "stat_on": approved,
        "method_code": step.method,
        "method_detail_code": step.detail,
        "has_analysis": step.has_analysis,
        "letter_on": books.by_now(step.letter_on),
        "reply_on": books.by_now(step.reply_on),
        "started_on": books.by_now(step.started_on),
        "ended_on": books.by_now(step.ended_on),
        "extended_to_on": step.extended_to_on if books.by_now(step.started_on) else None,
        "result_code": step.result if result else None,
        "result_on": result,
        "result_stat_on": result,
        "effort_day_count": step.effort if books.by_now(step.ended_on) else None,
    }


def register(books: Books) -> list[Row]:
    """All leads as the case-management office has them."""
    rows = []
    for lead in _registered(books):
        assigned, closed = books.by_now(lead.assigned_on), books.by_now(lead.closing_registered_on)
        handler = district.owner(lead.unit_code, books.period.ends_on)
        rows.append(
            {
                "lead_no": lead.lead_no,
                "registered_on": lead.registered_on,
                "stat_on": lead.registered_on,
                "source_code": lead.source,
                "person_count": lead.registered_person_count,
                "is_duplicate": bool(closed) and lead.is_duplicate,
                "first_assigned_on": assigned,
                "handling_unit_code": handler if assigned else None,
                "signed_on": books.by_now(lead.received_on),
                "status_code": _status(books, lead, closed) if assigned else "1",
                "closed_on": closed,
                "closed_stat_on": closed,
                "outcome_code": min(lead.outcomes) if closed else None,
            }
        )
    return rows


def filings(books: Books) -> list[Row]:
    """All steps as filed with the case-management office."""
    rows = []
    for lead in _registered(books):
        for seq, step in enumerate(lead.steps, 1):
            filing = step.filing
            if not filing or not books.by_now(filing.filed_on):
                continue
            reported = books.by_now(filing.result_filed_on)
            rows.append(
                {
                    "lead_no": lead.lead_no,
                    "seq_no": seq,
                    "handling_unit_code": district.owner(lead.unit_code, filing.filed_on),
                    "method_code": filing.method,
                    "approved_on": step.approved_on,
                    "filed_on": filing.filed_on,
                    "stat_on": filing.filed_on,
                    "result_code": step.result if reported else None,
                    "result_filed_on": reported,
                }
            )
    return rows
