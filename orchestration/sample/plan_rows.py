"""The forms on plans: items of campaigns, reforms, key tasks and the targets of the year."""

from expectations.registry import Unit
from orchestration.sample.books import Books, Row
from orchestration.sample.campaign_items import Item
from orchestration.sample.plans import Task
from orchestration.sample.targets import targets as targets_of_year


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
    done = books.by_now(one.done_on)
    urged = books.by_now(one.urged_on)
    return {
        "task_no": one.task_no,
        "task_kind_code": one.kind,
        "title": one.title,
        "campaign_code": one.campaign,
        "field_code": one.field_code,
        "assigned_on": one.assigned_on,
        "due_on": one.due_on,
        "plan_count": one.plan,
        "done_count": one.done_count(books.period.ends_on),
        "status_code": one.status(books.period.ends_on),
        "done_on": done,
        "is_urged": urged is not None,
        "urged_on": urged,
    }


def targets(books: Books) -> list[Row]:
    """The targets of the year: cases by unit, bad assets collected, rates of the district."""
    return [
        {
            "indicator_id": one.indicator,
            "target_unit_code": one.unit_code,
            "target_value": one.typed,
            "direction_code": "1" if one.is_least else "2",
        }
        for one in targets_of_year(books.year_start.year, books.known.seed)
    ]
