"""Where the files of receipts are made: of many in children beside the decisions, of few here."""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from orchestration.intake.children import Children, DiedError
from orchestration.intake.decide import Decision
from orchestration.intake.reading.submission import Submission
from orchestration.intake.receipts import receipt
from orchestration.intake.receipts.red_pen import mark
from orchestration.settings import Home

FEW = 16  # a child takes longer to start than to make so many
Files = Mapping[Path, bytes]


class Desk:
    """Receipts are asked for decision by decision, and taken when they are needed."""

    def __init__(self, children: Children[Files] | None) -> None:
        self._children = children
        self._asked: deque[Callable[[], Files]] = deque()

    def ask(self, path: Path, sub: Submission, decision: Decision, nth: int) -> None:
        """Have the receipt of the file at `path` made; `nth` as of `receipt.files`."""
        if self._children is None:
            self._asked.append(partial(_made, path, sub, decision, nth))
        else:
            # Of a workbook what is marked are its own cells: its rows need not go along.
            told = sub if sub.kind == "csv" else replace(sub, forms=())
            self._children.ask(path, told, decision, nth)
            self._asked.append(partial(_answered, self._children, decision, nth))

    def take(self) -> Iterator[Files]:
        """The files of every receipt asked for since, by their place in the folder of receipts."""
        while self._asked:
            yield self._asked.popleft()()


@contextmanager
def opened(home: Home, files: int) -> Iterator[Desk]:
    """A desk for the receipts of so many files."""
    if files <= FEW:
        yield Desk(None)
    else:
        with Children(_made, workers=1, aside=home.staged) as children:
            yield Desk(children)


def _made(path: Path, sub: Submission, decision: Decision, nth: int) -> Files:
    return receipt.files(decision, mark.marked(path, sub, decision), nth)


def _answered(children: Children[Files], decision: Decision, nth: int) -> Files:
    """Without a marked copy where it kills who makes it."""
    try:
        return children.answer()
    except DiedError:
        return receipt.files(decision, None, nth)
