"""The truth about the year's targets: how far they are reached, and what the calendar asks."""

from collections.abc import Iterator

from expectations import registry
from expectations.registry import DISTRICT
from orchestration.sample.targets import targets as targets_of_year
from orchestration.sample.truth.cut import Cut, Figure, rate

BAD_ASSETS, OFFICE = "npl_recovered_wan", "OFF03"
SUPERVISING = frozenset({"DFZ", "OFF", "DIS", "TWN", "STR"})


def calendar(cut: Cut) -> Iterator[Figure]:
    """Figures 165 and 229: the units of the supervision network, the share of the year passed."""
    units = registry.units_on(cut.valid_on).values()
    network = sum(u.unit_type_code in SUPERVISING for u in units)
    yield Figure(indicator="sup_network_unit_cnt", unit_code=DISTRICT, value=network)
    yield rate("schedule_progress_share", DISTRICT, cut.as_of.month, 12)


def _targets(cut: Cut) -> dict[tuple[str, str], tuple[float, bool]]:
    """By figure and unit the target, a rate as a fraction, and whether it is a least one.

    A successor has the sum of its predecessors' numbers, of rates none (returns §2.5).
    """
    year = cut.as_of.year
    if cut.known.first > f"{year}-01":
        return {}  # set in January, before the first return
    found: dict[tuple[str, str], tuple[float, bool]] = {}
    for one in targets_of_year(year, cut.known.seed):
        unit = one.unit_code if one.unit_code == DISTRICT else cut.owner(one.unit_code)
        before = found.get((one.indicator, unit), (0.0, True))[0]
        value = one.typed / 100 if one.is_rate else one.typed
        found[one.indicator, unit] = before + value, one.is_least
    return found


def reached(cut: Cut, told: list[Figure]) -> Iterator[Figure]:
    """Figures 194, 196, 197, 226 to 228 and 230, from the other figures."""
    actual = {(f.indicator, f.unit_code): f.value for f in told if not f.slice}
    targets = _targets(cut)
    for (indicator, unit), (target, is_least) in targets.items():
        yield from _beside(cut, indicator, unit, target, actual[indicator, unit], is_least)
    asked = targets.get((BAD_ASSETS, OFFICE))
    yield from _bad_assets(asked[0] if asked else None, actual)


def _bad_assets(
    target: float | None, actual: dict[tuple[str, str], float | None]
) -> Iterator[Figure]:
    for unit in (DISTRICT, OFFICE):
        recovered = actual[BAD_ASSETS, unit] or 0.0
        yield Figure(indicator="npl_target_wan", unit_code=unit, value=target)
        gap = None if target is None else round(target - recovered, 2)
        yield Figure(indicator="npl_gap_wan", unit_code=unit, value=gap)
        yield Figure(
            indicator="npl_completion_rate",
            unit_code=unit,
            value=recovered / target if target else None,
            numerator=recovered,
            denominator=target,
        )


def _beside(
    cut: Cut, indicator: str, unit: str, target: float, actual: float | None, is_least: bool
) -> Iterator[Figure]:
    values: dict[str, float | None] = {"annual_target_value": target, "annual_target_gap": None}
    values["behind_schedule_flag"] = None
    share = None if actual is None or not target else actual / target
    if actual is not None:
        values["annual_target_gap"] = target - actual
        if not is_least:
            values["behind_schedule_flag"] = float(actual > target)
        elif share is not None:
            values["behind_schedule_flag"] = float(share < cut.as_of.month / 12)
    for name, value in values.items():
        yield Figure(indicator=name, unit_code=unit, slice=indicator, value=value)
    yield Figure(
        indicator="annual_progress_rate",
        unit_code=unit,
        slice=indicator,
        value=share,
        numerator=actual,
        denominator=target,
    )
