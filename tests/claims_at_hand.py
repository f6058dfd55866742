"""Bulletins of a release made from figures at hand: as they are, and with one of them changed."""

import dataclasses
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from expectations.contract import contracts
from reports.bulletin.content import Bulletin, Source
from reports.bulletin.figures import Figure, Figures
from reports.bulletin.sections import bulletin
from reports.bulletin.wording import Paragraph, span

Key = tuple[str, str, str]


def source(**changed: Any) -> Source:
    """Of a final release of 2023-03."""
    made: dict[str, Any] = {
        "release": "2023-03_20230411T090000_00000000",
        "as_of": datetime.fromisoformat("2023-04-11T09:00:00"),
        "is_provisional": False,
        "made_by": "0",
        "forms": {form: c.title for form, c in contracts().items()},
    }
    return Source(**made | changed)


def content(figures: Figures) -> Bulletin:
    """The monthly bulletin of these figures; raises UnsupportedError."""
    return bulletin(figures, span(figures.period), source())


def said(made: Bulletin) -> dict[str, list[Paragraph]]:
    """The claims of a bulletin by name."""
    found: dict[str, list[Paragraph]] = {}
    for section in made.sections:
        for block in section.blocks:
            if isinstance(block, Paragraph) and block.claim:
                found.setdefault(block.claim, []).append(block)
    return found


def with_figure(figures: Figures, key: Key, **changed: Any) -> Figures:
    """The same figures but for one."""
    rows = figures.rows | {key: dataclasses.replace(figures.rows[key], **changed)}
    return dataclasses.replace(figures, rows=rows)


def with_target(figures: Figures, of: str) -> Figures:
    """The same figures and a target for one of them, which is behind schedule."""
    like = figures.rows[of, "QX00", ""]
    values = {"annual_target_value": 0.9, "annual_target_gap": 0.2, "behind_schedule_flag": 1.0}
    made = {
        (name, "QX00", of): dataclasses.replace(
            like, indicator=name, slice=of, value=value, change=None, value_last_year=None
        )
        for name, value in values.items()
    }
    return dataclasses.replace(figures, rows=figures.rows | made)


def with_list(figures: Figures, name: str, rows: list[dict[str, Any]]) -> Figures:
    """The same figures but for one list."""
    return dataclasses.replace(figures, lists=figures.lists | {name: rows})


def changes_of(figure: Figure) -> Iterator[dict[str, Any]]:
    """What else a figure could be, each in one respect: its value, last year's, its status."""
    if figure.text_value is not None:
        yield {"text_value": f"{figure.text_value}、另一单位"}
        return
    value = figure.value or 0.0
    yield {"value": value + (0.1 if figure.unit_of_measure == "%" else 1)}
    yield {"status": "missing", "value": None, "change": None, "change_rate": None}
    if figure.change is not None:
        step = 0.1 if figure.unit_of_measure == "%" else 1
        yield {"change": figure.change + step, "change_rate": (figure.change_rate or 0) + 0.1}
    if figure.numerator is not None and figure.unit_of_measure == "%":
        yield {"numerator": figure.numerator + 1}
        yield {"denominator": (figure.denominator or 0) + 1}
