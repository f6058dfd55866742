"""Returns as CSV files: one submission per unit, period and receipt (returns §1.3)."""

from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from book import DAY, FORM, NAME, every, good, rules, the

from expectations.contract import contracts
from expectations.registry import units_on
from orchestration.intake import receive as receiving
from orchestration.intake.portions import HandIn, blocks, groups
from orchestration.intake.reading.ahead import read_all
from orchestration.intake.reading.read import read
from orchestration.settings import Home

OTHER = units_on(DAY)["TWN04"].name
MOMENT = datetime.fromisoformat("2023-08-04T09:00")


def _csv(
    folder: Path, encoding: str, cover: bool = True, unit: str = "TWN03", title: str = NAME
) -> list[Path]:
    form = folder / f"{FORM.form}__{unit}__2023-07.csv"
    lines = [[c.label for c in FORM.columns], [str(good().get(n, "")) for n in FORM.names]]
    form.write_bytes("\r\n".join(",".join(x) for x in lines).encode(encoding))
    if not cover:
        return [form]
    top = folder / f"cover__{unit}__2023-07.csv"
    text = (
        f"项目,内容,行数\n填报单位代码,{unit},\n填报单位,{title},\n报告期,2023-07-01,\n填报人,甲,\n"
        f"审核人,乙,\n报送日期,2023-08-03,\n{FORM.title},有数据,1\n"
    )
    top.write_bytes(text.encode(encoding))
    return [form, top]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_set_is_one_submission_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    paths = _csv(tmp_path, encoding)
    form, cover = (read(p, DAY, paths) for p in paths)
    assert (rules(form), rules(cover)) == ([], [])
    assert the(form).table.num_rows == 1
    assert cover.forms == ()


def test_a_csv_without_a_cover_is_taken_with_a_warning(tmp_path: Path) -> None:
    (path,) = _csv(tmp_path, "utf-8", cover=False)
    found = read(path, DAY)
    assert rules(found) == ["P20"]
    assert the(found).table.num_rows == 1


def test_a_cover_misses_the_form_that_it_lists(tmp_path: Path) -> None:
    paths = _csv(tmp_path, "utf-8")
    assert rules(read(paths[1], DAY, paths[1:])) == ["P03"]


def test_a_name_in_place_of_a_person_number_returns_the_file_unquoted(tmp_path: Path) -> None:
    leads = contracts()["leads"]
    lines = [[c.label for c in leads.columns], [""] * len(leads.columns)]
    lines[1][leads.names.index("lead_no")] = "XS2023000101"
    lines[1][leads.names.index("person_no")] = "某某人"
    path = tmp_path / "leads__TWN03__2023-07.csv"
    path.write_text("\n".join(",".join(x) for x in lines), encoding="utf-8")
    found = read(path, DAY)
    told = next(f for f in every(found) if f.rule == "G13")
    assert (told.form, told.column, told.cell) == ("leads", "person_no", "B2")
    assert told.unkept
    assert "某某人" not in repr(every(found))
    assert the(found).table["person_no"].to_pylist() == [None]
    assert [f.rule for f in every(found)].count("G02") == 0


def test_two_sets_of_one_day_keep_their_own_covers(tmp_path: Path) -> None:
    late = [p.rename(p.with_stem(f"{p.stem}__second")) for p in _csv(tmp_path, "utf-8")]
    early = _csv(tmp_path, "utf-8")
    early[1].write_text(early[1].read_text("utf-8").replace("有数据,1", "有数据,7"), "utf-8")
    paths = [early[0], late[1], late[0], early[1]]
    moments = [datetime.fromisoformat(f"2023-08-04T{h}:00") for h in ("09", "15", "15", "09")]
    assert [rules(s) for s in read_all(paths, moments)] == [["P09"], [], [], []]


def test_a_set_whose_files_came_seconds_apart_is_one_submission(tmp_path: Path) -> None:
    paths = _csv(tmp_path, "utf-8")
    moments = [datetime.fromisoformat(f"2023-08-04T09:00:0{n}") for n in range(2)]
    assert [rules(s) for s in read_all(paths, moments)] == [[], []]


def test_a_cover_stays_until_the_forms_of_its_submission_are_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = []
    for name, files in (("at once", 500), ("one by one", 1)):
        home = Home(tmp_path / name)
        home.inbox.mkdir(parents=True)
        for code, title in (("TWN03", NAME), ("TWN04", OTHER)):
            _csv(home.inbox, "utf-8", unit=code, title=title)
        monkeypatch.setattr(receiving, "blocks", partial(blocks, files=files, at_first=files))
        monkeypatch.setattr(receiving, "groups", partial(groups, files=files))
        hand_ins = [HandIn(p, MOMENT) for p in home.inbox.iterdir()]
        decided = list(receiving.receive(home, hand_ins))
        told.append([(d.name, d.outcome, [f.rule for f in d.findings]) for d in decided])
        assert not list(home.inbox.iterdir())
    assert told[0] == told[1]
    assert [name.partition("__")[0] for name, _, _ in told[0]] == [FORM.form, "cover"] * 2
    assert {outcome for name, outcome, _ in told[0] if name.startswith("cover")} == {"accepted"}
    assert not {"P01", "P03", "P20"} & {rule for _, _, found in told[0] for rule in found}
