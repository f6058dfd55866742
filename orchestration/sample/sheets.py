"""How a form lies on its sheet: as the template lays it out, or as some units send it."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from expectations.contract import Column, Contract
from orchestration.sample import spelling
from orchestration.sample.books import Row

UNKNOWN = "本单位编号"  # a column of the unit's own
FOOTNOTE = "注：本表由填报单位核对后报送"
TOTAL = "合计"
BLANK_ROWS = 0.1


@dataclass(frozen=True)
class Layout:
    """Where the labels stand and what is below them; `rng` mixes the spellings if given."""

    columns: tuple[Column, ...]
    header_row: int = 2
    rng: Random | None = None

    @property
    def labels(self) -> list[str]:
        """The labels, those of required columns with their mark."""
        found = [c.label + ("*" if c.required else "") for c in self.columns]
        return [*found, UNKNOWN] if self.rng else found

    def lines(self, rows: list[Row]) -> Iterator[list[Any]]:
        """The cells below the labels, line by line."""
        for number, row in enumerate(rows, 1):
            if self.rng is None:
                yield [spelling.typed(c, row.get(c.name)) for c in self.columns]
                continue
            if self.rng.random() < BLANK_ROWS:
                yield []
            cells = [spelling.mixed(self.rng, c, row.get(c.name)) for c in self.columns]
            yield [*cells, f"内{number}"]
        if self.rng:
            yield [TOTAL]
            yield []
            yield [FOOTNOTE]


def plain(contract: Contract) -> Layout:
    """The template's own layout."""
    return Layout(contract.columns)


def messy(contract: Contract, rng: Random) -> Layout:
    """Columns moved, labels on row 5, spellings mixed, blank rows, a total and a footnote."""
    columns = list(contract.columns)
    rng.shuffle(columns)
    return Layout(tuple(columns), header_row=4, rng=rng)
