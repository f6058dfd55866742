"""The same statements in other layouts, spellings and files are read as the same rows."""

import csv
from datetime import date
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest

from expectations import registry
from expectations.contract import contracts
from expectations.finding import ERROR
from orchestration.intake.reading.read import read
from orchestration.sample import write_sample
from orchestration.sample.ledgers import Ledgers, happens
from orchestration.settings import Home

PERIOD = "2023-04"
RECEIVED = date(2023, 5, 5)


@pytest.fixture(scope="module")
def messy(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """One month of the sample district as messy units hand it in."""
    home = Home(tmp_path_factory.mktemp("messy"))
    write_sample(home, PERIOD, PERIOD, messy=True)
    return home


def _sets(home: Home) -> dict[str, list[Path]]:
    """The files of each unit."""
    found: dict[str, list[Path]] = {}
    for path in sorted((home.inbox / PERIOD).iterdir()):
        found.setdefault(path.stem.split("__")[-2], []).append(path)
    return found


def _kept(value: Any) -> Any:
    """Text as it is kept: its wide brackets narrow."""
    return normalize("NFKC", value) if isinstance(value, str) else value


def test_messy_returns_are_read_as_what_the_units_stated(messy: Home) -> None:
    period = registry.calendar()[PERIOD]
    ledgers = Ledgers(happens(PERIOD, PERIOD, 7), period)
    units = registry.units_on(period.ends_on)
    sets = _sets(messy)
    assert sets.keys() == units.keys()
    warned = set()
    for code, paths in sets.items():
        read_back = [read(path, RECEIVED, paths) for path in paths]
        forms = [form for one in read_back for form in one.forms]
        findings = [f for one in read_back for f in one.findings]
        findings += [f for form in forms for f in form.findings]
        assert [f for f in findings if f.severity == ERROR] == []
        warned |= {f.rule for f in findings}
        for form in forms:
            names = contracts()[form.form].names
            stated = [
                {n: _kept(row.get(n)) for n in names}
                for row in ledgers.rows(form.form, units[code])
            ]
            assert form.table.select(names).to_pylist() == stated
    assert {"P15", "P17", "P18"} <= warned


def test_messy_returns_come_in_all_layouts(messy: Home) -> None:
    sets = _sets(messy)
    as_csv = [paths for paths in sets.values() if paths[0].suffix == ".csv"]
    assert 0 < len(as_csv) < len(sets) / 2
    for paths in as_csv:
        assert sum(path.name.startswith("cover__") for path in paths) == 1
        for path in paths:
            with pytest.raises(UnicodeDecodeError):
                path.read_text(encoding="utf-8")
            path.read_text(encoding="gb18030")


def test_the_plan_names_every_file_of_a_set_at_one_time(messy: Home) -> None:
    with (messy.sample / "plan.csv").open(encoding="utf-8", newline="") as file:
        plan = {Path(r["path"]).name: r["received_at"] for r in csv.DictReader(file)}
    assert plan.keys() == {p.name for paths in _sets(messy).values() for p in paths}
    for paths in _sets(messy).values():
        assert len({plan[p.name] for p in paths}) == 1
