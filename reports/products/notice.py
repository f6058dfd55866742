"""提示函: what one unit is told of itself.

Of other units only the distribution within the ranking group is in it.
"""

import re
from dataclasses import dataclass

from reports.bulletin.figures import Figure, Figures
from reports.bulletin.wording import day
from reports.products.lists import Lists, Row

NUMBERED = re.compile(r"[A-Z]{2}\d{6,}")  # the number of a matter
UNIT_CODE = re.compile(r"\b[A-Z]{3}\d{2}\b")
ANOTHER_MATTER, ANOTHER_UNIT = "（另一事项）", "（其他单位）"


@dataclass(frozen=True, kw_only=True)
class Notice:
    """What is known of one unit for its notice.

    Attributes:
        unit: its row of the units.
        figures: its own, those without a slice, in the order of the catalogue.
        places: its places in the ranking group, by indicator.
        attention: its own matters and returns.
        findings: its own, open.
        others: names of all other units, the longest first.
        next_due: until when it is to answer, in words.
        titles: what each indicator is called.
    """

    unit: Row
    figures: tuple[Figure, ...]
    places: dict[str, Row]
    attention: list[Row]
    findings: list[Row]
    others: tuple[str, ...]
    next_due: str
    titles: dict[str, str]

    def said(self, finding: Row) -> str:
        """The message of a finding without the names and numbers of others."""
        own = {str(finding["key"]).split("/")[0]}
        text = NUMBERED.sub(lambda m: m[0] if m[0] in own else ANOTHER_MATTER, finding["message"])
        text = UNIT_CODE.sub(
            lambda m: m[0] if m[0] == self.unit["unit_code"] else ANOTHER_UNIT, text
        )
        for name in self.others:
            text = text.replace(name, ANOTHER_UNIT)
        return text

    def whole(self, finding: Row) -> str:
        """That message, with the matter before it where it does not name it."""
        said, key = self.said(finding), str(finding["key"])
        return said if not key or key in said else f"{key}：{said}"


def notices(figures: Figures, lists: Lists) -> list[Notice]:
    """What is to be told to every unit that owes returns."""
    own: dict[str, list[Figure]] = {}
    for (_, unit, part), figure in figures.rows.items():
        if not part:
            own.setdefault(unit, []).append(figure)
    return [_notice(u, own.get(u["unit_code"], []), lists) for u in lists.units]


def _notice(unit: Row, figures: list[Figure], lists: Lists) -> Notice:
    code = unit["unit_code"]
    names = {n for u in lists.units if u["unit_code"] != code for n in (u["name"], u["short_name"])}
    own = {unit["name"], unit["short_name"]}
    due = unit["next_due_on"]
    return Notice(
        unit=unit,
        figures=tuple(figures),
        places={r["indicator"]: r for r in lists.places if r["unit_code"] == code},
        attention=[r for r in lists.attention if r["unit_code"] == code],
        findings=[r for r in lists.findings if r["unit_code"] == code],
        others=tuple(sorted(names - own, key=lambda n: (-len(n), n))),
        next_due="" if due is None else f"{day(due)}报送{int(unit['next_period'][5:])}月报表",
        titles=lists.titles,
    )
