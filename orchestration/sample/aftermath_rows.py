"""The ledgers on what follows cases: transfers, recoveries and problems of conduct."""

from expectations.registry import Unit
from orchestration.sample.aftermath import Transfer
from orchestration.sample.books import Books, Row


def transfers(books: Books, unit: Unit) -> list[Row]:
    """Persons of the unit's cases handed to the procuratorate."""
    return [
        _transfer(books, one)
        for one in books.known.transfers
        if books.holds(unit, one.case.lead.unit_code)
        and books.listed(one.transferred_on, one.judged_on, one.nonprosecuted_on)
    ]


def _transfer(books: Books, one: Transfer) -> Row:
    prosecuted, judged = books.by_now(one.prosecuted_on), books.by_now(one.judged_on)
    dropped = books.by_now(one.nonprosecuted_on)
    stages = ((judged, "4"), (dropped, "3"), (prosecuted, "2"))
    return {
        "transfer_no": one.transfer_no,
        "case_no": one.case.case_no,
        "person_no": one.case.person.person_no,
        "transferred_on": one.transferred_on,
        "stat_on": one.transferred_on,
        "amount_wan": one.amount,
        "is_bribe_giver": False,
        "supplement_count": one.supplements if prosecuted or dropped else 0,
        "prosecuted_on": prosecuted,
        "nonprosecuted_on": dropped,
        "judged_on": judged,
        "result_code": next((code for day, code in stages if day), "1"),
    }


def recoveries(books: Books, unit: Unit) -> list[Row]:
    """Amounts recovered in matters of the unit."""
    rows = []
    for one in books.known.recoveries:
        if not books.holds(unit, one.lead.unit_code):
            continue
        if not books.listed(one.recovered_on, one.turned_in_on):
            continue
        turned_in = books.by_now(one.turned_in_on)
        rows.append(
            {
                "asset_no": one.asset_no,
                "lead_no": one.lead.lead_no,
                "case_no": one.case.case_no if one.case else None,
                "kind_code": one.kind,
                "amount_wan": one.amount,
                "recovered_on": one.recovered_on,
                "stat_on": one.recovered_on,
                "is_turned_in": turned_in is not None,
                "turned_in_on": turned_in,
            }
        )
    return rows


def conduct_problems(books: Books, unit: Unit) -> list[Row]:
    """Persons handled for problems of conduct in matters of the unit."""
    return [
        {
            "problem_no": one.problem_no,
            "person_no": one.person.person_no,
            "lead_no": one.lead.lead_no,
            "case_no": one.case.case_no if one.case else None,
            "type_code": one.type_code,
            "happened_on": one.happened_on,
            "decided_on": one.decided_on,
            "stat_on": one.decided_on,
            "rank_code": one.person.rank,
            "is_educated": one.is_educated,
            "is_org_handled": one.is_org_handled,
            "is_punished": one.is_punished,
            "is_publicised": one.is_publicised,
            "field_code": one.lead.field_code,
            "campaign_code": one.lead.campaign,
        }
        for one in books.known.conducts
        if books.holds(unit, one.lead.unit_code) and books.listed(one.decided_on, one.decided_on)
    ]
