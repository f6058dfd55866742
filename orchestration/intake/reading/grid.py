"""A sheet as a grid of cells, and the few text rules shared by labels and cells."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any


@dataclass(kw_only=True)
class Grid:
    """One sheet: `rows[0][0]` is A1; rows may differ in length.

    `faults` are cells with an error value or a formula without a cached value (row, column),
    both counted from 1; `percents` are numbers shown as a percentage; `merged` are (first row,
    first column, last row, last column).
    """

    name: str
    rows: Sequence[Sequence[Any]]
    faults: set[tuple[int, int]] = field(default_factory=set)
    percents: set[tuple[int, int]] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    comments: list[tuple[int, int, str]] = field(default_factory=list)
    from_csv: bool = False

    @property
    def key(self) -> str:
        """The normalised name."""
        return normalised(self.name)


@cache
def letter(column: int) -> str:
    """Column letter of a column counted from 1."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def column_number(letters: str) -> int:
    """Inverse of `letter`."""
    number = 0
    for char in letters:
        number = number * 26 + ord(char) - 64
    return number


def nfkc(text: str) -> str:
    """NFKC, quick for what needs no change."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def normalised(label: Any) -> str:
    """A label as it is compared (returns §1.2.1)."""
    return "" if label is None else _normalised(label if label.__class__ is str else str(label))


@lru_cache(maxsize=4096)
def _normalised(label: str) -> str:
    return "".join(nfkc(label).split()).split("(", 1)[0].rstrip("*:")


def is_blank(value: Any) -> bool:
    """Nothing but white space."""
    return value is None or (isinstance(value, str) and not value.strip())


def text_of(value: Any) -> str:
    """A cell as text after NFKC and trim; whole numbers without a fraction."""
    if value is None:
        return ""
    if isinstance(value, str):
        return nfkc(value).strip()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e18:
        return str(int(value))
    return str(value)
