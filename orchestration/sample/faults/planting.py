"""Plant all faults in one sample: those between returns, then the files that are returned."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from expectations import registry
from expectations.finding import WARNING
from expectations.registry import Period, Unit
from orchestration.sample.books import Row
from orchestration.sample.faults.arriving import NIL, faulty_files
from orchestration.sample.faults.between import Between
from orchestration.sample.faults.door import Faulty, faulty_rows
from orchestration.sample.faults.planted import Planted, write_truth
from orchestration.settings import Home

FOLDER = "faults"  # beside the month's returns


class Planting:
    """All faults of one sample, whose last month is the one they are found in."""

    def __init__(self, first: str, last: str) -> None:
        calendar = registry.calendar()
        self._last = calendar[last]
        self._nil: dict[str, Unit] = {}
        self._between = Between(first, self._last)
        self._late: list[Planted] = []

    def spoil(self, unit: Unit, period: Period, stated: dict[str, list[Row]]) -> bool:
        """Plant what is found between returns in what a unit states; whether it reports at all."""
        reports = self._between.spoil(unit, period, stated)
        if reports and period == self._last and stated.get(NIL) == []:
            self._nil[unit.unit_code] = unit
        return reports

    def arrived(self, unit: Unit, period: Period, path: Path, arrives: datetime) -> None:
        """Note that the sample hands a return in after its due day."""
        if arrives.date() > period.due_on:
            self._nil.pop(unit.unit_code, None)
            self._late.append(
                Planted(
                    file=path.name, unit=unit.unit_code, period=period.period, rule="P23",
                    sheet="", cell="", severity=WARNING,
                )
            )  # fmt: skip

    def write(self, home: Home) -> Iterator[tuple[datetime, Path]]:
        """Write the faulty files into the inbox, then `sample/truth/truth.csv`."""
        planted = [*self._late, *self._between.planted]
        for one in self._files():
            period = one.name.split("__")[-2]
            path = home.inbox / period / FOLDER / one.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(one.data)
            planted += one.planted
            yield one.arrives, path
        write_truth(home.sample / "truth", planted)

    def _files(self) -> Iterator[Faulty]:
        yield from faulty_rows(self._last)
        yield from faulty_files(self._last, next(iter(self._nil.values())))
