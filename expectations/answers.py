"""The reasons by which a unit answers a warning, read from `answers.yml`.

An answer changes no figure and no finding; it says what the unit knows of it.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

ANSWERS = Path(__file__).with_name("answers.yml")
MAX_NOTE = 60  # characters of the free note


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One reason.

    Attributes:
        code: what is kept.
        words: what everybody may read.
        meaning: when it fits.
        needs_note: says too little without a note.
    """

    code: str
    words: str
    meaning: str
    needs_note: bool = False


@cache
def reasons() -> dict[str, Reason]:
    """The reasons by code, in the order of the list."""
    raw = yaml.safe_load(ANSWERS.read_text(encoding="utf-8"))
    return {r["code"]: Reason(**r) for r in raw}


def reason_of(text: str) -> Reason | None:
    """The reason that a cell names by its words, its code or both; None for any other text."""
    said = "".join(text.split())
    return next(
        (r for r in reasons().values() if said in (r.words, r.code, f"{r.code}{r.words}")), None
    )
