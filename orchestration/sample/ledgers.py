"""What each unit's ledgers state at the end of a period: only what has happened by then."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from expectations import registry
from expectations.registry import Period, Unit
from orchestration.sample import district, events, matters
from orchestration.sample.events import Lead, Step
from orchestration.sample.matters import Case, Issue, Measure

Row = dict[str, Any]
UNDER_WAY = {"1": "20", "2": "30", "3": "40", "4": "10"}
FORM_BY_PARTY = {"1": "2", "2": "2", "3": "3", "4": "3", "5": "3"}
FORM_BY_GOV = {"1": "2", "2": "2", "3": "2", "4": "2", "5": "3", "6": "3"}
USUAL = {"A0303": 400, "A0305": 900, "A0401": 3, "A0402": 5, "A0517": 6, "A0516": 4, "A0801": 180}
USUAL |= {"A0802": 60, "A0803": 37, "A0501": 12, "A0502": 4, "A0521": 3, "A0522": 3}


@dataclass(frozen=True, kw_only=True)
class District:
    """All that ever happens in the sample district, up to its last period."""

    seed: int
    first: str
    leads: list[Lead]
    cases: list[Case]
    measures: list[Measure]
    issues: list[Issue]


def happens(first: str, last: str, seed: int) -> District:
    """The district's events; the same up to any period, however far `last` lies."""
    leads = events.leads(last, seed)
    opened = matters.cases(leads)
    return District(
        seed=seed,
        first=first,
        leads=leads,
        cases=opened,
        measures=matters.measures(leads, opened),
        issues=matters.issues(last, seed),
    )


class Ledgers:
    """The ledgers of all units at the end of one period."""

    def __init__(self, district_: District, period: Period) -> None:
        self._all = district_
        self._period = period
        self._year_start = period.ends_on.replace(month=1, day=1)

    def rows(self, form: str, unit: Unit) -> list[Row]:
        """The rows that the unit states on that form."""
        states: dict[str, Callable[[Unit], list[Row]]] = {
            "leads": self._leads,
            "disposals": self._disposals,
            "lead_register": lambda _: self._register(),
            "disposal_filings": lambda _: self._filings(),
            "cases": self._cases,
            "punishments": self._punishments,
            "rectifications": self._rectifications,
            "activities": self._activities,
        }
        return states[form](unit)

    def _by_now(self, day: date | None) -> date | None:
        return day if day and day <= self._period.ends_on else None

    def _listed(self, entered: date, *left: date | None) -> bool:
        gone = min((d for d in left if d), default=None)
        return bool(self._by_now(entered)) and (gone is None or gone >= self._year_start)

    def _holds(self, unit: Unit, unit_code: str) -> bool:
        return district.owner(unit_code, self._period.ends_on) == unit.unit_code

    def _held(self, unit: Unit) -> list[Lead]:
        return [
            d
            for d in self._all.leads
            if self._holds(unit, d.unit_code) and self._listed(d.received_on, d.closed_on)
        ]

    def _registered(self) -> list[Lead]:
        return [
            d
            for d in self._all.leads
            if not d.is_staff and self._listed(d.registered_on, d.closed_on)
        ]

    def _status(self, lead: Lead) -> str:
        if self._by_now(lead.closed_on):
            return "80" if lead.is_duplicate else "60" if "1" in lead.outcomes else "50"
        approved = [s for s in lead.steps if self._by_now(s.approved_on)]
        return UNDER_WAY[approved[-1].method] if approved else "10"

    def _leads(self, unit: Unit) -> list[Row]:
        rows = []
        for lead in self._held(unit):
            closed = self._by_now(lead.closed_on)
            half = 2 * (lead.received_on.year - 2020) + (lead.received_on.month > 6) + 1
            for n, person in enumerate(lead.persons):
                rows.append(
                    {
                        "lead_no": lead.lead_no,
                        "person_no": person.person_no,
                        "petition_no": lead.petition_no,
                        "received_on": lead.received_on,
                        "stat_on": lead.received_on,
                        "source_code": lead.source,
                        "inspection_round": half if lead.source == "44" else None,
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
                        "status_code": self._status(lead),
                        "closed_on": closed,
                        "closed_stat_on": closed,
                        "outcome_code": lead.outcomes[n] if closed else None,
                    }
                )
        return rows

    def _disposals(self, unit: Unit) -> list[Row]:
        return [
            self._step(lead, seq, step)
            for lead in self._held(unit)
            for seq, step in enumerate(lead.steps, 1)
            if self._by_now(step.proposed_on)
        ]

    def _step(self, lead: Lead, seq: int, step: Step) -> Row:
        approved, result = self._by_now(step.approved_on), self._by_now(step.result_on)
        return {
            "lead_no": lead.lead_no,
            "seq_no": seq,
            "proposed_on": step.proposed_on,
            "approved_on": approved,
            "stat_on": approved,
            "method_code": step.method,
            "method_detail_code": step.detail,
            "has_analysis": step.has_analysis,
            "letter_on": self._by_now(step.letter_on),
            "reply_on": self._by_now(step.reply_on),
            "started_on": self._by_now(step.started_on),
            "ended_on": self._by_now(step.ended_on),
            "extended_to_on": step.extended_to_on if self._by_now(step.started_on) else None,
            "result_code": step.result if result else None,
            "result_on": result,
            "result_stat_on": result,
            "effort_day_count": step.effort if self._by_now(step.ended_on) else None,
        }

    def _register(self) -> list[Row]:
        rows = []
        for lead in self._registered():
            assigned, closed = self._by_now(lead.assigned_on), self._by_now(lead.closed_on)
            handler = district.owner(lead.unit_code, self._period.ends_on)
            rows.append(
                {
                    "lead_no": lead.lead_no,
                    "registered_on": lead.registered_on,
                    "stat_on": lead.registered_on,
                    "source_code": lead.source,
                    "person_count": sum(p.person_no != district.NOBODY for p in lead.persons),
                    "is_duplicate": bool(closed) and lead.is_duplicate,
                    "first_assigned_on": assigned,
                    "handling_unit_code": handler if assigned else None,
                    "signed_on": self._by_now(lead.received_on),
                    "status_code": self._status(lead) if assigned else "1",
                    "closed_on": closed,
                    "closed_stat_on": closed,
                    "outcome_code": min(lead.outcomes) if closed else None,
                }
            )
        return rows

    def _filings(self) -> list[Row]:
        rows = []
        for lead in self._registered():
            for seq, step in enumerate(lead.steps, 1):
                filing = step.filing
                if not filing or not self._by_now(filing.filed_on):
                    continue
                reported = self._by_now(filing.result_filed_on)
                rows.append(
                    {
                        "lead_no": lead.lead_no,
                        "seq_no": seq,
                        "handling_unit_code": lead.unit_code,
                        "method_code": filing.method,
                        "approved_on": step.approved_on,
                        "filed_on": filing.filed_on,
                        "stat_on": filing.filed_on,
                        "result_code": step.result if reported else None,
                        "result_filed_on": reported,
                    }
                )
        return rows

    def _cases(self, unit: Unit) -> list[Row]:
        return [
            self._case(case)
            for case in self._all.cases
            if self._holds(unit, case.lead.unit_code)
            and self._listed(case.filed_on, case.closed_on, case.withdrawn_on)
        ]

    def _case_status(self, case: Case) -> str:
        stages = ((case.withdrawn_on, "60"), (case.closed_on, "50"), (case.tried_on, "40"))
        stages += ((case.accepted_on, "30"), (case.sent_on, "20"))
        return next((code for day, code in stages if self._by_now(day)), "10")

    def _case(self, case: Case) -> Row:
        person, lead = case.person, case.lead
        word = {"1": "纪立", "2": "监立", "3": "纪监立"}[case.kind]
        detained = self._by_now(case.detained_from_on)
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
            "is_conduct_violation": False,
            "is_accountability": case.is_accountability,
            "has_sponsor": False,
            "detained_from_on": detained,
            "detained_to_on": self._by_now(case.detained_to_on),
            "is_detention_extended": False if detained else None,
            "trial_sent_on": self._by_now(case.sent_on),
            "trial_accepted_on": self._by_now(case.accepted_on),
            "trial_closed_on": self._by_now(case.tried_on),
            "is_trial_returned": case.returned if self._by_now(case.accepted_on) else None,
            "status_code": self._case_status(case),
            "closed_on": self._by_now(case.closed_on),
            "withdrawn_on": self._by_now(case.withdrawn_on),
        }

    def _punishments(self, unit: Unit) -> list[Row]:
        return [
            self._measure(one)
            for one in self._all.measures
            if self._holds(unit, one.lead.unit_code)
            and self._listed(one.decided_on, one.decided_on if one.kind == "3" else one.executed_on)
        ]

    def _measure(self, one: Measure) -> Row:
        person = one.person
        form = {"1": FORM_BY_PARTY, "2": FORM_BY_GOV}.get(one.kind, {}).get(one.code, one.code[0])
        expelled = (one.kind, one.code) in (("1", "5"), ("2", "6"))
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
            "form_code": "4" if one.after_conviction and expelled else form,
            "is_after_conviction": one.after_conviction,
            "is_post_substituted": False if one.kind == "1" else None,
            "decided_on": one.decided_on,
            "stat_on": one.decided_on,
            "announced_on": self._by_now(one.announced_on),
            "executed_on": self._by_now(one.executed_on),
            "political_status_code": person.political,
            "is_supervisee": person.supervisee_class is not None,
            "supervisee_class_code": person.supervisee_class,
            "rank_code": person.rank,
            "is_village_head": person.is_village_head,
            "is_retired": False,
            "is_accountability": one.reason is not None,
            "accountability_reason_code": one.reason,
        }

    def _rectifications(self, unit: Unit) -> list[Row]:
        rows = []
        for issue in self._all.issues:
            if not self._holds(unit, issue.unit_code):
                continue
            if not self._listed(issue.found_on, issue.verified_on):
                continue
            plan, claimed = self._by_now(issue.plan_on), self._by_now(issue.claimed_on)
            verified = self._by_now(issue.verified_on)
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
                    "status_code": "50"
                    if verified
                    else "30"
                    if claimed
                    else "20"
                    if plan
                    else "10",
                    "claimed_on": claimed,
                    "verified_on": verified,
                }
            )
        return rows

    def _quantity(self, item: registry.ActivityItem, unit_code: str, month: Period) -> float:
        code = item.item_code

        def within(day: date) -> bool:
            return month.starts_on <= day <= month.ends_on

        if code == "A0407":
            filed = {
                c.case_no
                for c in self._all.cases
                if c.lead.unit_code == unit_code and within(c.filed_on)
            }
            return len(filed)
        if code == "A0405":
            return sum(i.unit_code == unit_code and within(i.found_on) for i in self._all.issues)
        rng = Random(f"{self._all.seed}/{month.period}/{unit_code}/{code}")
        usual = USUAL.get(code, 1)
        value = rng.uniform(0.5, 1.5) * usual
        return round(value, 2) if code in ("A0801", "A0802") else int(value + rng.random() * 0.6)

    def _activities(self, unit: Unit) -> list[Row]:
        rows = []
        year = f"{self._year_start.year}-01"
        months = [
            p
            for p in registry.calendar().values()
            if max(year, self._all.first) <= p.period <= self._period.period
        ]
        for item in registry.activity_items().values():
            if not {unit.unit_type_code, unit.unit_code} & item.owed_by:
                continue
            stated = [
                (m, self._quantity(item, code, m))
                for m in months
                for code in self._reporters(unit, m)
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

    def _reporters(self, unit: Unit, month: Period) -> list[str]:
        """Who reported that month what the unit now carries: itself or its predecessors."""
        return [
            code
            for code in registry.units_on(month.ends_on)
            if district.owner(code, self._period.ends_on) == unit.unit_code
        ]
