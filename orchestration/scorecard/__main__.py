"""`make scorecard`: plant, receive, build, compare, print, and write the page."""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click

from expectations import registry
from orchestration.cli import cli
from orchestration.sample.faults.planted import NAME, read_truth
from orchestration.scorecard.score import PRECISION, RECALL, Score, judged, receipts, score
from orchestration.scorecard.table import PAGE, page
from orchestration.settings import Home

FIRST, LAST = "2022-01", "2023-07"  # of a later first month, references lead nowhere


def measured(home: Home) -> Score:
    """The score of a sample with all faults, received and built in that home."""
    closed = registry.calendar()[LAST].closes_on.isoformat()  # by then all that is owed is due
    _run(home, ["sample", "--from", FIRST, "--to", LAST, "--faults"])
    _run(home, ["receive", "--plan", str(home.sample / "plan.csv")])
    _run(home, ["run", "--period", LAST, "--provisional", "--as-of", closed])
    truth = read_truth(home.sample / "truth" / NAME)
    return score(truth, [*receipts(home), *judged(home)])


def _run(home: Home, words: Sequence[str]) -> None:
    code = cli.main(["--home", str(home.root), *words], standalone_mode=False)
    if code not in (None, 0, 1):  # 1: something was returned, which is what the faults are for
        raise RuntimeError(f"jijian {words[0]} 未完成")


def main() -> int:
    """Print the score card and write its page; 1 if it is below what is asked for."""
    with tempfile.TemporaryDirectory(prefix="scorecard_") as folder:
        result = measured(Home(Path(folder)))
    PAGE.write_text(page(result), encoding="utf-8")
    click.echo(page(result))
    for missed in result.missed:
        click.echo(f"未查出：{missed}")
    for wrong in result.wrong:
        click.echo(f"误报：{wrong}")
    return 0 if result.recall >= RECALL and result.precision >= PRECISION else 1


if __name__ == "__main__":
    sys.exit(main())
