"""The targets of a year in the sample district."""

from dataclasses import dataclass
from datetime import date
from random import Random

from expectations import registry
from orchestration.sample.district import pick

NPL_TARGET = 2400  # 万元, of the office that collects bad assets
# Indicator, per cent, whether at least: what the whole district sets itself.
DISTRICT_TARGETS = (
    ("disposal_ontime_rate", 95, True),
    ("lead_close_rate", 60, True),
    ("lead_overdue_open_rate", 10, False),
)


@dataclass(frozen=True, kw_only=True)
class Target:
    """What is to be reached in the year: `typed` in per cent where it is a rate."""

    indicator: str
    unit_code: str
    typed: float
    is_least: bool
    is_rate: bool = False


def targets(year: int, seed: int) -> list[Target]:
    """The targets of a year, set in January: cases of the ranked units, bad assets, rates."""
    found = []
    for unit in registry.units_on(date(year, 1, 31)).values():
        if unit.ranking_group:
            rng = Random(f"{seed}/{year}/{unit.unit_code}/target")
            low, high = {"OFF": (8, 14)}.get(unit.unit_type_code, (2, 5))
            least = int(pick(rng, {str(n): 1 for n in range(low, high + 1)}))
            found.append(
                Target(
                    indicator="case_filed_cnt", unit_code=unit.unit_code, typed=least, is_least=True
                )
            )
    found.append(
        Target(indicator="npl_recovered_wan", unit_code="OFF03", typed=NPL_TARGET, is_least=True)
    )
    return found + [
        Target(
            indicator=indicator,
            unit_code=registry.DISTRICT,
            typed=typed,
            is_least=is_least,
            is_rate=True,
        )
        for indicator, typed, is_least in DISTRICT_TARGETS
    ]
