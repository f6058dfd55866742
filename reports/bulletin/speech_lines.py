"""The figures that the speech states or complains about, each in words by rule.

Which they are, their order and their names are in `queries/speech.sql`.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from reports.bulletin.content import Source
from reports.bulletin.figures import CARRIED, DISTRICT, MISSING, SMALL, Figure, Figures, number
from reports.bulletin.wording import comparison, each, last_year

RANK, POINTS = "名次", "个百分点"
GAP = "annual_target_gap"
NO_FORM = "单位名录、日历"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One figure as the material prints it.

    Attributes:
        section: of the speech, with what it is about.
        figure: as the release has it.
        name: what is counted, and which part of it.
        unit: the unit or group that it is of; empty for the district.
        is_unit: True for one of many units' own figures.
        text: the figure as printed, with its counter; of several units that tie with 各.
        measure: the unit of measure.
        last_year: the same, a year ago; — without one.
        change: the comparison in words; empty without one.
        window: the span of time that is counted.
        forms: the returns that it is counted from.
        missing: units that have not reported one of these for the period.
        number_id: indicator, unit and slice, by which the figure is found again.
    """

    section: str
    figure: Figure
    name: str
    unit: str
    is_unit: bool
    text: str
    measure: str
    last_year: str
    change: str
    window: str
    forms: str
    missing: str
    number_id: str

    @property
    def is_rank(self) -> bool:
        """True if the figure is a place among units, the first the best."""
        return self.figure.unit_of_measure == RANK


def lines(f: Figures, source: Source) -> list[Line]:
    """All figures of tiers R and C, section by section.

    Raises:
        UnsupportedError: the release does not hold a figure that it lists.
    """
    absent = _Absent(f)
    return [_line(f, row, source, absent) for row in f.lists["speech"]]


def number_id(figure: Figure) -> str:
    """A figure's id, as the templates of sentences write it: indicator@unit/slice."""
    part = f"/{figure.slice}" if figure.slice else ""
    return f"{figure.indicator}@{figure.unit_code}{part}"


def _line(f: Figures, row: dict[str, Any], source: Source, absent: "_Absent") -> Line:
    figure = f.of(row["indicator"], row["unit_code"], row["slice"])
    counter, forms = row["counter"], row["forms"].split()
    is_fallen = bool(row["falling_label"]) and (figure.value or 0) < 0
    called = row["falling_label"] if is_fallen else row["figure_name"]
    part = f"（{row['part_name']}）" if row["part_name"] else ""
    return Line(
        section=f"{row['section']}　{row['section_title']}",
        figure=figure,
        name=called + part,
        unit=row["unit_name"],
        is_unit=row["is_unit"],
        text=_tied(f, figure) + _text(figure, counter, is_fallen=is_fallen),
        measure=counter or figure.unit_of_measure,
        last_year=last_year(figure, counter) if row["is_compared"] else SMALL,
        change=comparison(figure, counter),
        window=row["window_name"],
        forms="、".join(source.forms.get(form, form) for form in forms) or NO_FORM,
        missing="" if row["is_unit"] else absent.named(figure, forms),
        number_id=number_id(figure),
    )


def _text(figure: Figure, counter: str, *, is_fallen: bool) -> str:
    """The figure as printed, with its counter; a mark stands alone."""
    text = figure.cell
    if not figure.is_number or text == MISSING:
        return text
    if figure.text_value is not None:
        return text or "无"
    if figure.unit_of_measure == RANK:
        return f"第{text}名"
    if is_fallen:
        text = number(abs(figure.value or 0), figure.unit_of_measure)
    if figure.indicator == GAP and text.endswith("%"):
        text, counter = text.removesuffix("%"), POINTS
    carried = CARRIED if text.endswith(CARRIED) else ""
    return text.removesuffix(CARRIED) + counter + carried


def _tied(f: Figures, figure: Figure) -> str:
    """各 before the most or fewest of a group if several units have as many."""
    if not figure.indicator.endswith(("_max_cnt", "_min_cnt")):
        return ""
    units = f.find(figure.indicator.removesuffix("cnt") + "unit", figure.unit_code)
    return each(units.text) if units is not None else ""


@dataclass
class _Absent:
    """Who has not reported what a figure of the district or of a group needs."""

    f: Figures

    @cached_property
    def by_indicator(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for (indicator, unit, _), figure in self.f.rows.items():
            if figure.unit_missing_count:
                found.setdefault(indicator, set()).add(unit)
        return found

    @cached_property
    def by_form(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for row in self.f.lists["returns_absent"]:
            found.setdefault(row["form"], set()).add(row["unit_code"])
        return found

    def named(self, figure: Figure, forms: list[str]) -> str:
        """The units by name in registry order; how many, where the release does not say which."""
        if not figure.unit_missing_count:
            return ""
        owing = set().union(*(self.by_form.get(form, set()) for form in forms))
        for wanted in (self.by_indicator.get(figure.indicator, set()), owing):
            names = [
                u["short_name"]
                for u in self.f.lists["units_listed"]
                if u["unit_code"] in wanted and figure.unit_code in (DISTRICT, u["ranking_group"])
            ]
            if len(names) == figure.unit_missing_count:
                return "、".join(names)
        return f"{figure.unit_missing_count}个单位"
