"""The forms on plans: items of campaigns, reforms, key tasks and the targets of the year."""

from datetime import date
from random import Random

from expectations import registry
from expectations.registry import Unit
from orchestration.sample import plans
from orchestration.sample.books import Books, Row
from orchestration.sample.campaign_items import Item
from orchestration.sample.plans import Task

NPL_TARGET = 2400  # 万元, of the office that collects bad assets
# Indicator, value as typed (rates in per cent), direction: what the whole district sets itself.
DISTRICT_TARGETS = (
    ("disposal_ontime_rate", 95, "1"),
    ("lead_close_rate", 60, "1"),
    ("lead_overdue_open_rate", 10, "2"),
    ("petition_decrease_rate", 10, "1"),
)


def campaign_items(books: Books, unit: Unit) -> list[Row]:
    """Problems and matters of the campaigns that the unit deals with."""
    return [
        _item(books, one)
        for one in books.known.items
        if books.holds(unit, one.unit_code)
        and books.listed(one.found_on, None if one.is_lasting else one.verified_on)
    ]


def _item(books: Books, one: Item) -> Row:
    claimed = books.by_now(one.claimed_on)
    verified = None if one.is_lasting else books.by_now(one.verified_on)
    done = "60" if one.is_lasting else "30"
    return {
        "item_no": one.item_no,
        "campaign_code": one.campaign,
        "item_kind_code": one.kind,
        "found_on": one.found_on,
        "stat_on": one.found_on,
        "field_code": one.field_code,
        "due_on": one.due_on,
        "status_code": "50" if verified else done if claimed else "20",
        "claimed_on": claimed,
        "verified_on": verified,
        "amount_wan": one.amount,
    }


def reforms(books: Books) -> list[Row]:
    """The reform items of the commission."""
    rows = []
    for one in books.known.reforms:
        if not books.listed(one.confirmed_on, one.done_on):
            continue
        done, begun = books.by_now(one.done_on), books.by_now(one.begun_on)
        rows.append(
            {
                "reform_no": one.reform_no,
                "title": one.title,
                "lead_unit_code": one.lead_unit,
                "confirmed_on": one.confirmed_on,
                "due_on": one.due_on,
                "status_code": "3" if done else "2" if begun else "1",
                "done_on": done,
            }
        )
    return rows


def key_tasks(books: Books, unit: Unit) -> list[Row]:
    """Tasks that the unit leads; a cancelled one leaves with its limit."""
    return [
        _task(books, one)
        for one in books.known.tasks
        if books.holds(unit, one.unit_code)
        and books.listed(one.assigned_on, one.done_on, one.due_on if one.cancelled_on else None)
    ]


def _task(books: Books, one: Task) -> Row:
    done, cancelled = books.by_now(one.done_on), books.by_now(one.cancelled_on)
    begun, urged = books.by_now(one.begun_on), books.by_now(one.urged_on)
    status = "3" if done else "4" if cancelled else "2" if begun else "1"
    return {
        "task_no": one.task_no,
        "task_kind_code": one.kind,
        "title": one.title,
        "campaign_code": one.campaign,
        "field_code": one.field_code,
        "assigned_on": one.assigned_on,
        "due_on": one.due_on,
        "plan_count": one.plan,
        "done_count": {"3": one.plan, "1": 0}.get(status, _progress(one, books.period.ends_on)),
        "status_code": status,
        "done_on": done,
        "is_urged": urged is not None,
        "urged_on": urged,
    }


def _progress(one: Task, on: date) -> int:
    """How much of the plan is done by a day, up to the last piece."""
    stops = min(on, one.cancelled_on or on)
    share = (stops - one.assigned_on).days / (one.due_on - one.assigned_on).days
    return min(int(one.plan * share * one.pace), one.plan - 1)


def targets(books: Books) -> list[Row]:
    """The targets of the year: cases by unit, bad assets collected, rates of the district."""
    known = books.known
    rows = []
    for unit in registry.units_on(date(books.year_start.year, 1, 31)).values():
        if unit.ranking_group:
            rng = Random(f"{known.seed}/{books.year_start.year}/{unit.unit_code}/target")
            rows.append(("case_filed_cnt", unit.unit_code, plans.target(rng, unit), "1"))
    rows.append(("npl_recovered_wan", "OFF03", NPL_TARGET, "1"))
    rows += [(i, registry.DISTRICT, value, way) for i, value, way in DISTRICT_TARGETS]
    names = ("indicator_id", "target_unit_code", "target_value", "direction_code")
    return [dict(zip(names, row, strict=True)) for row in rows]
