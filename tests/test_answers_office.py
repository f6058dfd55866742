"""The case-management office reads the answers of the units and accepts them to a day."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from answered import (
    DOUBTED,
    FILLED,
    NOTE,
    SECOND,
    THIRD,
    answer,
    copy_of,
    receipt,
    table,
)
from handed_in import LEAD, at, hand_in, take

from orchestration.intake import register
from orchestration.intake.landing.land import land
from orchestration.settings import Home
from orchestration.waivers.answers import accept

JIJIAN = str(Path(sys.executable).with_name("jijian"))


def jijian(home: Home, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [JIJIAN, "--home", str(home.root), *words], capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A unit that has answered its doubted lead; `a.xlsx` is the marked workbook it came in."""
    folder = tmp_path_factory.mktemp("office")
    place = Home(folder / "home")
    first = take(place, hand_in(folder, "TWN03", leads=[LEAD, DOUBTED]))
    take(place, answer(copy_of(place, first), folder / "a.xlsx", **FILLED), SECOND)
    return place


@pytest.mark.parametrize(
    ("finding", "until"),
    [
        ("LD15:XS2023000999", "2023-12-31"),
        ("LD15:XS2023000103", "2023-12"),
        ("LD15:XS2023000103", "2023-12-32"),
        ("LD99:XS2023000103", "2023-12-31"),
        ("LD15", "2023-12-31"),
    ],
)
def test_an_acceptance_that_fits_no_answer_is_refused(home: Home, finding: str, until: str) -> None:
    with pytest.raises(ValueError, match=r"说明"):
        accept(home, finding, until, "口径属实", "案管室")


@pytest.mark.parametrize(
    "words",
    [
        ("LD15:XS2023000103", "--reason", "短", "--until", "2023-12-31"),
        ("R60:XS2023000103", "--reason", "口径属实", "--until", "2023-12"),
    ],
)
def test_a_waiver_of_too_little_is_refused_in_one_line(home: Home, words: tuple[str, ...]) -> None:
    done = jijian(home, "waive", *words)
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (2, 1)
    assert "Traceback" not in done.stderr


def test_the_office_lists_answers_accepts_one_to_a_day_and_the_unit_is_told(
    home: Home, tmp_path: Path
) -> None:
    listed = jijian(home, "answers", "--unit", "TWN03")
    assert NOTE in listed.stdout and "共 1 条说明，其中 1 条待审" in listed.stdout
    command = listed.stdout.split("同意：jijian ")[1].splitlines()[0].split()
    words = [{"理由": "口径属实", "日期": "2023-12-31"}.get(w, w) for w in command]
    done = jijian(home, *words, "--by", "案管室")
    assert (done.returncode, "至 2023-12-31" in done.stdout) == (0, True), done.stderr
    land(home)
    (waiver,) = table(home, "waivers")
    assert (waiver["until"], waiver["by"]) == ("2023-12-31", "案管室")
    (held,) = {w["answer_id"] for w in table(home, "warnings") if w["answer"]}
    assert held == waiver["answer"]
    told = accept(home, "LD15:XS2023000103", "2024-06-30", "续期一次", "案管室")  # by its key
    assert told.reply.note == NOTE
    again = take(home, answer(home.root.parent / "a.xlsx", tmp_path / "b.xlsx", G4="11"), THIRD)
    assert receipt(home, again)["answers"][0]["accepted_until"] == "2024-06-30"
    assert "已同意至 2024-06-30" in jijian(home, "answers", "--period", "2023-07").stdout
    other = {"说明": "属实", "补充说明": None}
    last = take(home, answer(copy_of(home, again), tmp_path / "c.xlsx", **other), at("2023-08-07"))
    assert receipt(home, last)["answers"][0]["accepted_until"] is None


def test_a_register_of_before_gets_the_columns_it_lacks(home: Home, tmp_path: Path) -> None:
    old = Home(tmp_path)
    accept(home, "LD15:XS2023000103", "2024-06-30", "口径属实", "案管室")
    with closing(sqlite3.connect(home.register)) as now:
        to = sqlite3.connect(old.register)
        now.backup(to)  # the file alone may lack what its log still holds
        to.close()
    with sa.create_engine(f"sqlite:///{old.register}").begin() as db:
        db.exec_driver_sql("drop index ix_findings_number")
        db.exec_driver_sql("alter table findings drop column number")
        db.exec_driver_sql("alter table waivers drop column answer")
        db.exec_driver_sql("drop table answers")
    engine = register.open_register(old)
    with engine.connect() as db:
        assert db.execute(sa.select(register.findings.c.number)).first() == (None,)
        assert db.execute(sa.select(register.waivers.c.answer)).first() == (None,)
        assert db.execute(sa.select(register.answers)).first() is None
    engine.dispose()
