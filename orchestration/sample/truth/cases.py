"""The truth about cases filed: how many, by whom, who filed most, fewest and none."""

from collections.abc import Callable, Iterator
from statistics import pstdev

from expectations.registry import DISTRICT, Unit
from orchestration.sample.matters import Case
from orchestration.sample.truth.cut import Cut, Figure, counts, rate

OWN = "1"  # the origin of a case that the commission found itself
GROUPS = {"town": "town", "office": "office", "dispatched": "disp"}
Named = list[tuple[Unit, int]]


def told(cut: Cut) -> list[Case]:
    """CASEP: the persons of cases on a ledger."""
    return [c for c in cut.known.cases if cut.on_ledger(c.filed_on, c.closed_on, c.withdrawn_on)]


def persons_filed(cut: Cut) -> dict[str, list[Case]]:
    """The persons of the cases filed this year, by unit."""
    found = ((c.lead.unit_code, c) for c in told(cut) if cut.in_year(c.filed_on))
    return cut.spread("cases", found)


def _distinct(
    indicator: str, held: dict[str, list[Case]], keep: Callable[[Case], bool]
) -> Iterator[Figure]:
    for unit_code, persons in held.items():
        value = len({c.case_no for c in persons if keep(c)})
        yield Figure(indicator=indicator, unit_code=unit_code, value=value)


def filed(cut: Cut) -> Iterator[Figure]:
    """Figures 013, 025, 026, 078, 141, 154 to 156 and 162, and what else the cases tell."""
    held = persons_filed(cut)
    yield from counts("case_filed_person_cnt", held, lambda _: True)
    yield from _distinct("party_discipline_case_cnt", held, lambda c: c.discipline is not None)
    yield from _distinct("self_case_cnt", held, lambda c: c.origin == OWN)
    yield from _distinct("top_leader_case_cnt", held, lambda c: c.person.is_top_leader)
    yield from _distinct("duty_crime_case_cnt", held, lambda c: c.is_crime)
    yield from _distinct("leader_pack_case_cnt", held, lambda c: c.has_sponsor)
    yield from _distinct("joint_case_cnt", held, lambda c: c.assist_unit is not None)
    young = cut.parameter("young_age_band_max")
    yield from counts("young_cadre_case_cnt", held, lambda c: int(c.person.age_band) <= young)
    yield from counts("bribe_giver_case_cnt", held, lambda _: False)
    yield from _per_unit(cut, held)


def _per_unit(cut: Cut, held: dict[str, list[Case]]) -> Iterator[Figure]:
    dispatched = {u.unit_code for u in cut.units("cases") if u.unit_type_code == "DIS"}
    all_filed, own_filed = _numbers(held), _numbers(held, own=True)
    for code, number in all_filed.items():
        yield Figure(indicator="case_filed_cnt", unit_code=code, value=number)
        yield rate("self_case_share", code, own_filed[code], number)
        if code != DISTRICT:
            yield Figure(indicator="unit_case_filed_cnt", unit_code=code, value=number)
            yield Figure(indicator="self_case_cnt_by_unit", unit_code=code, value=own_filed[code])
        if code in dispatched:
            yield Figure(indicator="disp_case_filed_cnt", unit_code=code, value=number)
    total = sum(all_filed[code] for code in dispatched)
    yield Figure(indicator="disp_case_filed_cnt", unit_code=DISTRICT, value=total)


def _numbers(held: dict[str, list[Case]], *, own: bool = False) -> dict[str, int]:
    """How many cases each unit filed, all or those it found itself."""
    return {
        code: len({c.case_no for c in group if c.origin == OWN or not own})
        for code, group in held.items()
    }


def compared(cut: Cut) -> Iterator[Figure]:
    """Figures 142 to 153 and 157 to 162: the units of a ranking group beside each other."""
    held = persons_filed(cut)
    all_filed, own_filed = _numbers(held), _numbers(held, own=True)
    every: Named = []
    every_own: Named = []
    for group, stem in GROUPS.items():
        units = [u for u in cut.units("cases") if u.ranking_group == group]
        filed_by = [(u, all_filed[u.unit_code]) for u in units]
        own = [(u, own_filed[u.unit_code]) for u in units]
        every += filed_by
        every_own += own
        yield from _ranked(group, stem, filed_by)
        yield from _without(group, filed_by, own)
    yield from _without(DISTRICT, every, every_own)


def _ranked(group: str, stem: str, filed_by: Named) -> Iterator[Figure]:
    numbers = [n for _, n in filed_by]
    most, fewest, total = max(numbers), min(numbers), sum(numbers)
    yield Figure(indicator="case_filed_cnt", unit_code=group, value=total)
    for name, number in (("max", most), ("min", fewest)):
        yield Figure(indicator=f"{stem}_case_{name}_cnt", unit_code=group, value=number)
        yield Figure(
            indicator=f"{stem}_case_{name}_unit",
            unit_code=group,
            text=_names([u for u, n in filed_by if n == number]),
        )
    yield Figure(indicator="case_gap_max_min", unit_code=group, slice="diff", value=most - fewest)
    yield rate("case_gap_max_min", group, most, fewest, "ratio")
    yield Figure(
        indicator="case_imbalance_cv",
        unit_code=group,
        value=pstdev(numbers) * len(numbers) / total if total else None,
    )
    higher = sorted(set(numbers), reverse=True)
    for unit, number in filed_by:
        yield Figure(
            indicator="case_rank_in_type",
            unit_code=unit.unit_code,
            value=higher.index(number) + 1,
        )


def _without(group: str, filed_by: Named, own: Named) -> Iterator[Figure]:
    none = sum(n == 0 for _, n in filed_by)
    yield Figure(indicator="zero_case_unit_cnt", unit_code=group, value=none)
    without = [u for u, n in own if n == 0]
    told_by = {"": without, "unreported": []}  # every unit reports
    for name, units in told_by.items():
        yield Figure(
            indicator="zero_self_case_unit_cnt", unit_code=group, slice=name, value=len(units)
        )
        yield Figure(
            indicator="zero_self_case_unit_list", unit_code=group, slice=name, text=_names(units)
        )


def _names(units: list[Unit]) -> str:
    return "、".join(u.short_name for u in sorted(units, key=lambda u: u.sort))
