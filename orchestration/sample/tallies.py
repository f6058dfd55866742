"""What units count by the month: each item of the tally with its number."""

from datetime import date
from random import Random

from expectations.registry import Period
from orchestration.sample.books import District

USUAL = {"A0303": 400, "A0305": 900, "A0401": 3, "A0402": 5, "A0517": 6, "A0516": 4, "A0801": 180}
USUAL |= {"A0802": 60, "A0803": 37, "A0501": 12, "A0502": 4, "A0521": 6}
USUAL |= {"A1501": 22, "A1601": 60}
# What is part of another item: of which, and how large a share.
PARTS = {"A0522": ("A0521", 0.85, 1.0), "A1502": ("A1501", 0.8, 1.0), "A1503": ("A1502", 0.95, 1.0)}
PARTS |= {"A1602": ("A1601", 0.01, 0.05), "A1603": ("A1601", 0.0, 0.03)}

VISITS = "A1203"  # to punished persons


def _has_punished(known: District, unit_code: str, month: Period) -> bool:
    """Whether the unit has punished someone this year or last: there is someone to visit."""
    since = date(month.starts_on.year - 1, 1, 1)
    return any(
        m.kind != "3" and m.lead.unit_code == unit_code and since <= m.decided_on <= month.ends_on
        for m in known.measures
    )


def quantity(known: District, code: str, unit_code: str, month: Period) -> float:
    """The number of one item of one unit in one month."""

    def within(day: date) -> bool:
        return month.starts_on <= day <= month.ends_on

    if code == "A0407":
        filed = {
            c.case_no for c in known.cases if c.lead.unit_code == unit_code and within(c.filed_on)
        }
        return len(filed)
    if code == "A0405":
        return sum(i.unit_code == unit_code and within(i.found_on) for i in known.issues)
    rng = Random(f"{known.seed}/{month.period}/{unit_code}/{code}")
    if code == VISITS and not _has_punished(known, unit_code, month):
        return 0
    if code in PARTS:
        whole, low, high = PARTS[code]
        return round(quantity(known, whole, unit_code, month) * rng.uniform(low, high))
    usual = USUAL.get(code, 1)
    value = rng.uniform(0.5, 1.5) * usual
    return round(value, 2) if code in ("A0801", "A0802") else int(value + rng.random() * 0.6)
