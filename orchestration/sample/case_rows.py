"""The ledgers on what follows: cases, punishments and rectifications."""

from expectations.registry import Unit
from orchestration.sample import aftermath
from orchestration.sample.books import Books, Row
from orchestration.sample.matters import Case
from orchestration.sample.measures import Measure


def cases(books: Books, unit: Unit) -> list[Row]:
    """Persons under the cases that the unit filed."""
    return [
        _case(books, case)
        for case in books.known.cases
        if books.holds(unit, case.lead.unit_code)
        and books.listed(case.filed_on, case.closed_on, case.withdrawn_on)
    ]


def _case_status(books: Books, case: Case) -> str:
    stages = (
        (case.withdrawn_on, "60"),
        (case.closed_on, "50"),
        (case.tried_on, "40"),
        (case.accepted_on, "30"),
        (case.sent_on, "20"),
    )
    return next((code for day, code in stages if books.by_now(day)), "10")


def _case(books: Books, case: Case) -> Row:
    person, lead = case.person, case.lead
    word = {"1": "纪立", "2": "监立", "3": "纪监立"}[case.kind]
    detained = books.by_now(case.detained_from_on)
    return {
        "case_no": case.case_no,
        "person_no": person.person_no,
        "lead_no": lead.lead_no,
        "source_code": lead.source,
        "origin_code": case.origin,
        "filing_kind_code": case.kind,
        "decision_no": f"{word}〔{case.filed_on.year}〕{case.decision}号",
        "party_filed_on": case.filed_on if case.kind != "2" else None,
        "gov_filed_on": case.filed_on if case.kind != "1" else None,
        "stat_on": case.filed_on,
        "is_joint": case.assist_unit is not None,
        "assist_unit_code": case.assist_unit,
        "is_organisation": False,
        "political_status_code": person.political,
        "is_supervisee": person.supervisee_class is not None,
        "supervisee_class_code": person.supervisee_class,
        "rank_code": person.rank,
        "is_top_leader": person.is_top_leader,
        "is_village_head": person.is_village_head,
        "age_band_code": person.age_band,
        "is_bribe_giver": False,
        "discipline_code": case.discipline,
        "is_duty_violation": case.kind != "1",
        "is_duty_crime": case.is_crime,
        "field_code": lead.field_code,
        "campaign_code": lead.campaign,
        "is_conduct_violation": aftermath.is_conduct(lead),
        "is_accountability": case.is_accountability,
        "has_sponsor": case.has_sponsor,
        "detained_from_on": detained,
        "detained_to_on": books.by_now(case.detained_to_on),
        "is_detention_extended": False if detained else None,
        "trial_sent_on": books.by_now(case.sent_on),
        "trial_accepted_on": books.by_now(case.accepted_on),
        "trial_closed_on": books.by_now(case.tried_on),
        "is_trial_returned": case.returned if books.by_now(case.accepted_on) else None,
        "status_code": _case_status(books, case),
        "closed_on": books.by_now(case.closed_on),
        "withdrawn_on": books.by_now(case.withdrawn_on),
    }


def punishments(books: Books, unit: Unit) -> list[Row]:
    """Measures on persons in matters of the unit."""
    return [
        _measure(books, one)
        for one in books.known.measures
        if books.holds(unit, one.lead.unit_code)
        and books.listed(one.decided_on, one.decided_on if one.kind == "3" else one.executed_on)
    ]


def _measure(books: Books, one: Measure) -> Row:
    person = one.person
    return {
        "punish_no": one.punish_no,
        "person_no": person.person_no,
        "lead_no": one.lead.lead_no,
        "case_no": one.case.case_no if one.case else None,
        "kind_code": one.kind,
        "party_punishment_code": one.code if one.kind == "1" else None,
        "gov_punishment_code": one.code if one.kind == "2" else None,
        "org_handling_code": one.code if one.kind == "3" else None,
        "probation_year_count": 1 if (one.kind, one.code) == ("1", "4") else None,
        "form_code": one.form,
        "is_after_conviction": one.after_conviction,
        "is_post_substituted": False if one.kind == "1" else None,
        "decided_on": one.decided_on,
        "stat_on": one.decided_on,
        "announced_on": books.by_now(one.announced_on),
        "executed_on": books.by_now(one.executed_on),
        "political_status_code": person.political,
        "is_supervisee": person.supervisee_class is not None,
        "supervisee_class_code": person.supervisee_class,
        "rank_code": person.rank,
        "is_village_head": person.is_village_head,
        "is_retired": False,
        "is_accountability": one.reason is not None,
        "accountability_reason_code": one.reason,
    }


def rectifications(books: Books, unit: Unit) -> list[Row]:
    """Issues that the unit follows up."""
    rows = []
    for issue in books.known.issues:
        if not books.holds(unit, issue.unit_code):
            continue
        if not books.listed(issue.found_on, issue.verified_on):
            continue
        plan, claimed = books.by_now(issue.plan_on), books.by_now(issue.claimed_on)
        verified = books.by_now(issue.verified_on)
        rows.append(
            {
                "issue_no": issue.issue_no,
                "problem_source_code": issue.source,
                "inspection_round": issue.round,
                "responsible_org": issue.organisation,
                "found_on": issue.found_on,
                "stat_on": issue.found_on,
                "field_code": issue.field_code,
                "plan_on": plan,
                "due_on": issue.due_on,
                "status_code": "50" if verified else "30" if claimed else "20" if plan else "10",
                "claimed_on": claimed,
                "verified_on": verified,
            }
        )
    return rows
