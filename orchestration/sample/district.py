"""Who lives in the sample district and how its units behave: habits, persons, draws of days."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

from expectations import registry

CASE_TYPES = frozenset({"OFF", "DFZ", "DIS", "TWN", "STR", "GBJ"})
NOBODY = "RY00000000"
LEADS_A_MONTH = (27, 33)
WEIGHTS = {"OFF": 2.5, "DFZ": 1.0, "DIS": 1.0, "TWN": 1.0, "STR": 1.0, "GBJ": 0.6}

FIELDS = ("11", "12", "13", "14", "15", "16", "17", "18", "21", "22", "24", "25", "99")
VILLAGE_FIELDS = ("11", "25")
# Campaigns by the field of a matter: the first that has begun tags it.
CAMPAIGNS = {
    "11": ("RUR",),
    "12": ("LIV01",),
    "13": ("MED", "LIV02"),
    "14": ("LIV03",),
    "15": ("LIV04",),
    "16": ("ENG",),
    "18": ("FIN",),
    "19": ("GRN",),
    "20": ("LIV08",),
    "22": ("LIV07",),
    "25": ("RUR",),
    "26": ("STA",),
}
SOURCES = {"11": 30, "12": 12, "21": 12, "22": 6, "31": 8, "33": 3, "44": 6, "51": 5, "62": 3}
SOURCES |= {"64": 4, "66": 2, "7": 3, "8": 3, "9": 3}
FROM_PROVINCE, PROVINCIAL_DAYS = "42", 90  # leads of the provincial inspection, once it began


@dataclass(frozen=True, kw_only=True)
class Person:
    """One person reflected in a lead; `person_no` is NOBODY where none is determined."""

    person_no: str
    political: str
    supervisee_class: str | None
    rank: str
    authority: str
    is_top_leader: bool
    is_village_head: bool
    age_band: str

    @property
    def is_party(self) -> bool:
        """Whether a party punishment is possible."""
        return self.political == "1"

    @property
    def can_be_filed(self) -> bool:
        """Whether a case against this person is possible."""
        return self.is_party or self.supervisee_class is not None


def pick(rng: Random, weights: Mapping[str, float]) -> str:
    """One key of `weights`, by weight."""
    return rng.choices(list(weights), list(weights.values()))[0]


def after(rng: Random, day: date, low: int, high: int) -> date:
    """A day `low` to `high` days after `day`, moved to Monday from a weekend."""
    found = day + timedelta(rng.randint(low, high))
    return found + timedelta({5: 2, 6: 1}.get(found.weekday(), 0))


def nobody() -> Person:
    """The stand-in where no person is determined."""
    return Person(
        person_no=NOBODY,
        political="9",
        supervisee_class=None,
        rank="99",
        authority="5",
        is_top_leader=False,
        is_village_head=False,
        age_band="3",
    )


def person(rng: Random, unit_type: str, serial: int) -> Person:
    """A new person such as a unit of that type comes across."""
    village = unit_type in ("TWN", "STR") and rng.random() < 0.65
    if village:
        rank, klass = "61", pick(rng, {"5": 8, "": 2}) or None
    else:
        rank = pick(rng, {"41": 8, "42": 15, "50": 45, "62": 10, "63": 17, "64": 5})
        klass = {"62": "3", "63": "4", "64": "6"}.get(rank, "1")
    return Person(
        person_no=f"RY{serial:08d}",
        political=pick(rng, {"1": 80, "3": 20}),
        supervisee_class=klass,
        rank=rank,
        authority="4" if rank in ("41", "42") else "5",
        is_top_leader=rank == "41" and rng.random() < 0.4,
        is_village_head=village and klass is not None and rng.random() < 0.4,
        age_band=pick(rng, {"1": 12, "2": 18, "3": 35, "4": 30, "5": 5}),
    )


def handling_unit(rng: Random, on: date) -> registry.Unit:
    """The unit that a lead is assigned to on that day."""
    able = [u for u in registry.units_on(on).values() if u.unit_type_code in CASE_TYPES]
    return rng.choices(able, [WEIGHTS[u.unit_type_code] for u in able])[0]


@cache
def owner(unit_code: str, on: date) -> str:
    """The unit that holds the ledgers of `unit_code` on that day (its successor if closed)."""
    if unit_code in registry.units_on(on):
        return unit_code
    successors = [u.successor_code for u in registry.units() if u.unit_code == unit_code]
    return successors[-1] or unit_code


@dataclass(frozen=True)
class Campaign:
    """One special campaign: who leads it and when it started."""

    lead: str
    start: date


@cache
def campaigns() -> dict[str, Campaign]:
    """The campaigns of the code list that have a lead office, in its order."""
    told = {
        r["code"]: json.loads(r["attributes"])
        for r in registry.rows("code_lists")
        if r["list"] == "campaign" and r["attributes"]
    }
    return {k: Campaign(v["lead"], date.fromisoformat(v["start"])) for k, v in told.items()}


def campaign(rng: Random, field: str, on: date) -> str | None:
    """The campaign a matter of that field is tagged with, never before it started."""
    begun = [c for c in CAMPAIGNS.get(field, ()) if on >= campaigns()[c].start]
    return begun[0] if begun and rng.random() < 0.7 else None


def inspection_round(on: date) -> int:
    """The round of district inspections that a day falls in: one a year, the second in 2023."""
    return max(1, on.year - 2021)
