"""Ledgers built to have the totals of published statistics (`published_totals.json`).

What a publication does not say (which party punishment, which unit, how the forms split) is
chosen here; what it says is never computed from our own rules.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain, count, islice, repeat
from pathlib import Path
from typing import Any

from test_figures import Raw, Row

TOTALS: dict[str, list[dict[str, Any]]] = json.loads(
    Path(__file__).with_name("published_totals.json").read_text(encoding="utf-8")
)
UNITS = [f"OFF{n:02}" for n in range(1, 7)]
RANKS = {"10": "10", "20": "20", "3": "31", "4": "42", "50": "50", "6": "61"}
EDUCATED, MOVED = "111", "212"  # an educating measure, and one of the second form
LIGHT, HEAVY, EXPELLED = "1", "4", "5"  # party punishments of the second and third form
NOT_TOLD = (368, 240, 30, 16)  # a split of 654 that the publication does not give


def told(raw: Raw, totals: dict[str, Any]) -> None:
    """State the ledgers of one bulletin."""
    period, scale = totals["stands_for"], totals["scale"]
    on = date.fromisoformat(f"{period}-20")
    if "petitions" in totals:
        rows = _petitions(totals["petitions"] // scale, on)
        raw.state("petitions", "XFS01", period, list(rows))
    _spread(raw, "leads", period, _leads(totals["leads"] // scale, on))
    _spread(raw, "disposals", period, _steps(totals["leads"] // scale, on))
    _spread(raw, "cases", period, _cases(totals["cases"] // scale, on))
    handled = list(_handled(totals, on))
    _spread(raw, "punishments", period, (r for r in handled if "kind_code" in r))
    _spread(raw, "transfers", period, (r for r in handled if "transfer_no" in r))


def conduct(raw: Raw, totals: dict[str, Any]) -> None:
    """State the ledger of one table of problems against the eight rules."""
    _spread(raw, "conduct_problems", totals["stands_for"], _problems(totals))


def _spread(raw: Raw, form: str, period: str, rows: Iterable[Row]) -> None:
    """Deal the rows to the offices in turn."""
    listed = list(rows)
    for at, unit in enumerate(UNITS):
        raw.state(form, unit, period, listed[at :: len(UNITS)])


def _petitions(number: int, on: date) -> Iterator[Row]:
    for n in range(number):
        row = {"petition_no": f"XF{on.year}{n:06}", "channel_code": "01", "class_code": "1"}
        yield row | {"received_on": on, "registered_on": on, "stat_on": on}


def _leads(number: int, on: date) -> Iterator[Row]:
    for n in range(number):
        row = {"lead_no": f"XS{on.year}{n:06}", "person_no": f"RY{n:08}", "source_code": "11"}
        row |= {"received_on": on, "stat_on": on, "status_code": "30"}
        yield row | {"is_duplicate": False, "is_staff": False}


def _steps(number: int, on: date) -> Iterator[Row]:
    for n in range(number):
        row = {"lead_no": f"XS{on.year}{n:06}", "seq_no": 1, "method_code": "2"}
        yield row | {"proposed_on": on, "approved_on": on, "stat_on": on, "has_analysis": True}


def _cases(number: int, on: date) -> Iterator[Row]:
    for n in range(number):
        row = {"case_no": f"LA{on.year}{n:06}", "person_no": f"RY{n:08}", "origin_code": "1"}
        row |= {"party_filed_on": on, "stat_on": on, "status_code": "20", "filing_kind_code": "1"}
        yield row | {"rank_code": "61", "source_code": "11"}


def _handled(totals: dict[str, Any], on: date) -> Iterator[Row]:
    """Persons punished, by party, government or both; then those only educated or moved."""
    scale = totals["scale"]
    punished, party = totals["punished"] // scale, totals["party"] // scale
    government = totals.get("government", (punished - party) * scale + 200 * scale) // scale
    first, second, third, fourth = _forms(totals)
    ranks = [rank for rank, n in totals.get("ranks", {"6": punished}).items() for _ in range(n)]
    numbers = count(1)
    for n in range(punished):
        of = {"case_no": f"LA{on.year}{n:06}", "person_no": f"RY{n:08}", "stat_on": on}
        is_third, is_fourth = n < third, third <= n < third + fourth
        of |= {"rank_code": RANKS[ranks[n]], "decided_on": on}
        of |= {"form_code": "2" if n >= third + fourth else "3"}
        code = HEAVY if is_third else EXPELLED if is_fourth else LIGHT
        if n < party:
            yield (
                of
                | {"punish_no": _no(on, numbers), "kind_code": "1"}
                | {"party_punishment_code": code}
            )
        if n >= punished - government:
            yield (
                of
                | {"punish_no": _no(on, numbers), "kind_code": "2"}
                | {"gov_punishment_code": LIGHT}
            )
        if is_fourth:
            yield {"transfer_no": f"YS{on.year}{n:06}", "transferred_on": on} | {
                key: of[key] for key in ("case_no", "person_no", "stat_on")
            }
    moved = second - (punished - third - fourth)
    measures = chain(repeat((EDUCATED, "1"), first), repeat((MOVED, "2"), moved))
    for n, (measure, form) in enumerate(measures, punished):
        handled = {"punish_no": _no(on, numbers), "kind_code": "3", "org_handling_code": measure}
        handled |= {"lead_no": f"XS{on.year}{n:06}", "person_no": f"RY{n:08}", "rank_code": "61"}
        yield handled | {"decided_on": on, "stat_on": on, "form_code": form}


def _no(on: date, numbers: Iterator[int]) -> str:
    return f"CF{on.year}{next(numbers):06}"


def _forms(totals: dict[str, Any]) -> tuple[int, int, int, int]:
    if "forms" in totals:
        first, second, third, fourth = totals["forms"]
        return first, second, third, fourth
    if "form_shares" not in totals:
        return NOT_TOLD
    whole = totals["forms_total"] // totals["scale"]
    first, second, third = (
        round(whole * float(share.rstrip("%")) / 100) for share in totals["form_shares"][:3]
    )
    return first, second, third, whole - first - second - third


def _problems(totals: dict[str, Any]) -> Iterator[Row]:
    """One person a problem, and the persons beyond that in the first problems."""
    on = date.fromisoformat(f"{totals['stands_for']}-20")
    problems = totals["problems"]
    persons, punished = totals.get("persons", problems), totals.get("punished", problems // 2)
    levels = [level for level, n in totals["levels"].items() for _ in range(n)]
    types = _types(problems, totals.get("shares", {}))
    for n in range(persons):
        at = n % problems
        row = {"problem_no": f"ZF{on.year}{at:06}", "person_no": f"RY{n:08}", "stat_on": on}
        row |= {"decided_on": on, "type_code": types[at], "is_punished": n < punished}
        row |= {"rank_code": RANKS[levels[at]] if n < problems else "61"}
        yield row | {"is_educated": True, "is_org_handled": False}


def _types(problems: int, shares: dict[str, str]) -> list[str]:
    """A type for each problem: half of each kind, the shares told in it, the rest of others."""
    found = []
    for kind, others, size in (("X", "X1", problems // 2), ("H", "H6", problems - problems // 2)):
        part = {t: float(s.rstrip("%")) / 100 for t, s in shares.items() if t.startswith(kind)}
        own = chain.from_iterable(repeat(t, round(size * share)) for t, share in part.items())
        found += islice(chain(own, repeat(others)), size)
    return found
