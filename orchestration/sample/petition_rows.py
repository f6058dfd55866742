"""The ledger of petitions, kept by whoever received them first."""

from expectations.registry import Unit
from orchestration.sample import district
from orchestration.sample.books import Books, Row
from orchestration.sample.petitions import Petition


def petitions(books: Books, unit: Unit) -> list[Row]:
    """Petitions that the unit received."""
    return [
        _petition(books, one)
        for one in books.known.petitions
        if books.holds(unit, one.unit_code) and books.listed(one.received_on, one.closed_on)
    ]


def _petition(books: Books, one: Petition) -> Row:
    assigned, closed = books.by_now(one.assigned_on), books.by_now(one.closed_on)
    return {
        "petition_no": one.petition_no,
        "received_on": one.received_on,
        "stat_on": one.received_on,
        "channel_code": one.channel,
        "class_code": one.class_code,
        "is_real_name": one.is_real_name,
        "is_joint_name": one.is_joint_name,
        "is_repeat": one.first_petition_no is not None,
        "first_petition_no": one.first_petition_no,
        "field_code": one.field_code,
        "handling_unit_code": district.owner(one.handler, books.period.ends_on)
        if assigned
        else None,
        "assigned_on": assigned,
        "notified_on": books.by_now(one.notified_on),
        "closed_on": closed,
        "feedback_on": books.by_now(one.feedback_on),
        "extended_to_on": one.extended_to_on if assigned else None,
        "result_code": one.result if closed else None,
        "lead_no": one.lead_no if closed else None,
    }
