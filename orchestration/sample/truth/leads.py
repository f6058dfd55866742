"""The truth about leads: accepted, closed, open, in stock, overdue; first opinions in time."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from statistics import mean, median

from orchestration.sample.truth.cut import Cut, Figure, applies, counts, rates, start, units_with
from orchestration.sample.truth.standing import Standing, by_unit

BANDS = {"le30": (0, 30), "31_90": (31, 90), "91_180": (91, 180), "gt180": (181, 99999)}


def accepted_and_closed(cut: Cut) -> Iterator[Figure]:
    """Figures 098, 099, 131, 132, 139, 176 to 179."""
    held = by_unit(cut)
    yield from counts("lead_accepted_cnt", held, lambda s: s.accepted)
    yield from counts("new_lead_cnt", held, lambda s: s.accepted)
    yield from counts("lead_open_cnt", held, lambda s: s.open)
    yield from rates("lead_close_rate", held, lambda s: s.ended, lambda s: s.accepted)
    yield from counts("self_found_lead_cnt", held, lambda s: s.accepted and s.found)
    yield from rates("self_found_lead_share", held, lambda s: s.found, lambda s: s.accepted)
    yield from counts("stock_lead_cnt", held, lambda s: s.in_stock)
    yield from counts("stock_cleared_cnt", held, lambda s: s.in_stock and s.closed)
    yield from rates("stock_clear_rate", held, lambda s: s.closed, lambda s: s.in_stock)


def became_cases(cut: Cut) -> Iterator[Figure]:
    """Figures 097 and 100: of the leads closed (or disposed of) this year, those filed."""
    closed = cut.parameter("lead_to_case_denominator") == 1
    filed = {
        c.lead.lead_no
        for c in cut.known.cases
        if cut.on_ledger(c.filed_on, c.closed_on, c.withdrawn_on)
    }

    def asked(one: Standing) -> bool:
        return one.closed if closed else one.first is not None

    def is_case(one: Standing) -> bool:
        return one.lead.lead_no in filed

    held = by_unit(cut)
    yield from rates("lead_to_case_rate", held, is_case, asked)
    yield from rates("self_found_case_rate", held, is_case, lambda s: s.found and asked(s))


def overdue(cut: Cut) -> Iterator[Figure]:
    """Figures 133 to 135 and 137."""
    held = by_unit(cut)
    yield from counts("lead_overdue_open_cnt", held, lambda s: s.overdue)
    yield from rates("lead_overdue_open_rate", held, lambda s: s.overdue, lambda s: s.open)
    yield from units_with("lead_overdue_unit_cnt", held, lambda s: s.overdue)
    days = timedelta(cut.parameter("long_pending_days"))
    yield from counts(
        "verify_long_pending_cnt",
        held,
        lambda s: (
            s.open
            and bool(s.taken)
            and s.taken[-1].method == "2"
            and cut.as_of - s.taken[-1].approved_on > days
        ),
    )


def durations(cut: Cut) -> Iterator[Figure]:
    """Figures 136 and 138, in days."""
    for unit_code, group in by_unit(cut).items():
        held = [s.held_days for s in group if s.open]
        cycle = [s.cycle_days for s in group if s.closed]
        told: tuple[tuple[str, str, list[int], Callable[[list[int]], float]], ...] = (
            ("lead_hold_days", "median", held, median),
            ("lead_hold_days", "max", held, max),
            ("lead_cycle_days", "median", cycle, median),
            ("lead_cycle_days", "mean", cycle, mean),
        )
        for indicator, name, days, measure in told:
            value = measure(days) if days else None
            yield Figure(indicator=indicator, unit_code=unit_code, slice=name, value=value)
        for name, (low, high) in BANDS.items():
            value = sum(low <= day <= high for day in held)
            yield Figure(indicator="lead_hold_days", unit_code=unit_code, slice=name, value=value)


def opinions(cut: Cut) -> Iterator[Figure]:
    """Figures 113 to 118: the one-month limit of the first opinion."""
    held = by_unit(cut)
    yield from counts("disposal_due_cnt", held, lambda s: s.due)
    yield from counts("disposal_ontime_cnt", held, lambda s: s.due and s.in_time)
    yield from rates("disposal_ontime_rate", held, lambda s: s.in_time, lambda s: s.due)
    late = "disposal_overdue_cnt"
    yield from counts(late, held, lambda s: s.late)
    yield from counts(late, held, lambda s: s.late and s.opinion_on is not None, "late")
    yield from counts(late, held, lambda s: s.late and s.opinion_on is None, "missing")
    yield from counts(
        late,
        held,
        lambda s: s.open and s.due_on < cut.year_start and s.opinion_on is None,
        "carried",
    )
    yield from units_with("disposal_overdue_unit_cnt", held, lambda s: s.late)
    for unit_code, group in held.items():
        days = [s.late_days for s in group if s.late]
        for name, measure in (("max", max), ("mean", mean)):
            value = measure(days) if days else None
            yield Figure(
                indicator="disposal_overdue_days", unit_code=unit_code, slice=name, value=value
            )


def others(cut: Cut) -> Iterator[Figure]:
    """Figures 140, 175, 183, 191, 214, 221 and 222, which few speeches need."""
    held = by_unit(cut)
    yield from counts(
        "key_field_lead_cnt",
        held,
        lambda s: s.accepted and (s.lead.campaign or "").startswith(("RUR", "LIV", "ENG")),
    )
    yield from counts(
        "town_check_lead_cnt",
        held,
        lambda s: s.accepted and s.lead.source == "22" and s.lead.unit_type in ("TWN", "STR"),
    )
    yield from counts("insp_lead_transferred_cnt", held, lambda s: s.lead.source == "44")
    yield from applies(cut, "EDU", _of_staff(held))
    for unit_code, group in held.items():
        days = sum(
            step.effort or 0
            for s in group
            for step in s.taken
            if cut.in_year(step.approved_on) and cut.by_now(step.ended_on)
        )
        yield Figure(indicator="verify_effort_person_days", unit_code=unit_code, value=days)


def _of_staff(held: dict[str, list[Standing]]) -> Iterator[Figure]:
    began = start("EDU")
    staff = {code: [s for s in group if s.lead.is_staff] for code, group in held.items()}
    for slice_ in ("", "1"):  # all of them on duty
        yield from counts(
            "staff_lead_ledger_cnt",
            staff,
            lambda s: not (s.lead.closed_on and s.lead.closed_on < began),
            slice_,
        )
    yield from counts("staff_lead_ledger_cnt", staff, lambda _: False, "2")
    yield from counts("staff_lead_new_cnt", staff, lambda s: s.lead.received_on >= began)
