import json
import stat
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from handed_in import IN_TIME, LEAD, ONLY_TALLY, PERIOD, at, hand_in, rules, take
from openpyxl import load_workbook

from expectations.contract import contracts
from orchestration.cli import cli, main
from orchestration.intake.landing import land
from orchestration.intake.receipts import receipt
from orchestration.intake.receive import HandIn, receive
from orchestration.intake.status import status
from orchestration.settings import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def test_a_good_return_is_accepted_kept_receipted_and_leaves_the_inbox(home: Home) -> None:
    path = hand_in(home.inbox)
    decision = take(home, path)
    assert (decision.outcome, [f.version for f in decision.forms]) == ("accepted", [1])
    assert not path.exists()
    assert (home.originals / f"{decision.sha256}.xlsx").exists()
    stem = home.receipts / PERIOD / ONLY_TALLY / f"2023-08-04T09:00:00__{decision.sha256[:8]}"
    written = json.loads(stem.with_name(stem.name + ".json").read_text(encoding="utf-8"))
    assert written == receipt.as_json(decision)
    assert stem.with_name(stem.name + ".xlsx").exists()


def test_files_outside_the_inbox_are_only_read(home: Home, tmp_path: Path) -> None:
    path = hand_in(tmp_path)
    take(home, path)
    assert path.exists()


def test_the_same_file_again_is_ignored(home: Home, tmp_path: Path) -> None:
    path = hand_in(tmp_path)
    take(home, path)
    again = take(home, path, at("2023-08-05T09:00"))
    assert (again.outcome, rules(again), again.forms) == ("ignored", ["P24"], ())


def test_a_late_first_return_is_accepted_with_a_warning(home: Home, tmp_path: Path) -> None:
    decision = take(home, hand_in(tmp_path), at("2023-08-20T09:00"))
    assert (decision.outcome, rules(decision)) == ("accepted", ["P23"])
    assert decision.forms[0].late


def test_a_resubmission_before_the_close_supersedes_with_a_warning(
    home: Home, tmp_path: Path
) -> None:
    take(home, hand_in(tmp_path))
    second = take(home, hand_in(tmp_path, quantity=2), at("2023-08-07T09:00"))
    assert (second.outcome, rules(second), second.forms[0].version) == ("accepted", ["P21"], 2)


def test_a_resubmission_after_the_close_needs_a_reason(home: Home, tmp_path: Path) -> None:
    take(home, hand_in(tmp_path))
    after = at("2023-08-11T09:00")
    bare = take(home, hand_in(tmp_path, quantity=2), after)
    assert (bare.outcome, "P22" in rules(bare)) == ("returned", True)
    explained = take(home, hand_in(tmp_path, quantity=2, reason="上月漏计一次"), after)
    assert (explained.outcome, explained.forms[0].version) == ("accepted", 2)


def test_an_error_returns_its_form_and_not_the_others(home: Home, tmp_path: Path) -> None:
    bad = hand_in(tmp_path, "TWN03", leads=[LEAD | {"received_on": "23-7-1"}])
    decision = take(home, bad)
    outcomes = {f.form: f.outcome for f in decision.forms}
    assert decision.outcome == "partly_returned"
    assert [form for form, outcome in outcomes.items() if outcome == "returned"] == ["leads"]
    assert "G02" in rules(decision)
    assert "23-7-1" not in json.dumps(receipt.as_json(decision))


def test_a_form_handed_in_again_after_its_return_is_a_first_return(
    home: Home, tmp_path: Path
) -> None:
    take(home, hand_in(tmp_path, quantity="十二"))
    decision = take(home, hand_in(tmp_path), at("2023-08-20T09:00"))
    assert (rules(decision), decision.forms[0].version) == (["P23"], 1)


def test_a_file_refused_for_privacy_is_returned_whole_and_not_kept(home: Home) -> None:
    path = hand_in(home.inbox, "TWN03", leads=[LEAD | {"authority_code": "1"}])
    decision = take(home, path)
    assert (decision.outcome, decision.is_kept) == ("returned", False)
    assert {f.outcome for f in decision.forms} == {"returned"}
    assert not path.exists()
    assert not list(home.originals.glob("*"))
    assert list(home.receipts.rglob("*.json"))


def test_a_warning_the_unit_already_had_is_counted_as_continuing(
    home: Home, tmp_path: Path
) -> None:
    lead = LEAD | {"source_code": "11", "received_on": "2023-06-05", "lead_no": "XS2023000102"}
    first = take(home, hand_in(tmp_path, "TWN03", "2023-06", leads=[lead]), at("2023-07-04T09:00"))
    second = take(home, hand_in(tmp_path, "TWN03", leads=[lead]))
    assert "LD15" in rules(first)
    assert "LD15" not in rules(second)
    assert {f.form: f.continuing for f in second.forms}["leads"] == {"LD15": 1}


def test_files_are_decided_in_the_order_of_receipt(home: Home, tmp_path: Path) -> None:
    late = HandIn(hand_in(tmp_path / "a", quantity=2), at("2023-08-05T09:00"))
    early = HandIn(hand_in(tmp_path / "b"), IN_TIME)
    decisions = list(receive(home, [late, early]))
    assert [d.received_at for d in decisions] == [early.received_at, late.received_at]
    assert [d.forms[0].version for d in decisions] == [1, 2]


def test_the_receipt_workbook_names_errors_first_and_holds_no_formula(
    home: Home, tmp_path: Path
) -> None:
    decision = take(home, hand_in(tmp_path, quantity="=1+", name="=A1.xlsx"))
    path = next(p for p in home.receipts.rglob("*.xlsx") if ".marked" not in p.name)
    sheet = load_workbook(path)["回执"]
    cells = [c for row in sheet.iter_rows() for c in row]
    assert decision.outcome == "returned"
    assert all(c.data_type != "f" for c in cells)
    assert "错误" in [c.value for c in cells]


def test_status_tells_on_time_from_missing(home: Home, tmp_path: Path) -> None:
    take(home, hand_in(tmp_path))
    owed, _ = status(home, PERIOD)
    states = {(s.unit_code, s.form): s.state for s in owed}
    assert states[ONLY_TALLY, "activities"] == "按时"
    assert states["TWN03", "leads"] == "未报"


def test_landing_writes_accepted_rows_with_lineage_and_pseudonyms(
    home: Home, tmp_path: Path
) -> None:
    take(home, hand_in(tmp_path, "TWN03", leads=[LEAD]))
    land.land(home)
    (path,) = (home.raw / "leads" / f"period={PERIOD}").glob("*.parquet")
    (row,) = pq.ParquetFile(path).read().to_pylist()
    assert (row["lead_no"], row["unit_code"], row["version"]) == (LEAD["lead_no"], "TWN03", 1)
    assert row["stat_on"] == row["received_on"]
    assert len(row["person_key"]) == 64
    assert stat.S_IMODE(home.secret.stat().st_mode) == 0o600
    register = pq.read_table(home.raw / "_register" / "returns.parquet").to_pylist()
    assert {r["outcome"] for r in register} == {"accepted"}


def test_landing_again_writes_only_what_changed(home: Home, tmp_path: Path) -> None:
    take(home, hand_in(tmp_path))
    assert len(land.land(home)) == len(contracts()) + 1
    assert land.land(home) == []
    take(home, hand_in(tmp_path, quantity=2), at("2023-08-07T09:00"))
    (changed,) = land.land(home)
    assert changed.parent.name == f"period={PERIOD}"
    assert len(list(changed.parent.iterdir())) == 1


def test_a_returned_file_ends_the_command_with_one(home: Home, tmp_path: Path) -> None:
    path = tmp_path / "broken.xlsx"
    path.write_bytes(b"no workbook")
    args = ["--home", str(home.root), "receive", str(path), "--received-at", "2023-08-04T09:00"]
    result = CliRunner().invoke(cli, [*args, "--json"])
    assert result.exit_code == 1
    assert json.loads(result.stdout)["outcome"] == "returned"


def test_a_plan_hands_in_many_files_at_their_own_times(home: Home, tmp_path: Path) -> None:
    hand_in(tmp_path / "in")
    hand_in(tmp_path / "in", "TWN03", leads=[LEAD])
    plan = tmp_path / "plan.csv"
    plan.write_text(
        "path,received_at\n"
        f"in/TWN03__{PERIOD}.xlsx,2023-08-03T09:00:00\n"
        f"in/{ONLY_TALLY}__{PERIOD}.xlsx,2023-08-02T09:00:00\n"
    )
    args = ["--home", str(home.root), "receive", "--plan", str(plan), "--json"]
    result = CliRunner().invoke(cli, args)
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["unit_code"] for line in lines] == [ONLY_TALLY, "TWN03"]
    assert (result.exit_code, {line["outcome"] for line in lines}) == (0, {"accepted"})


def test_wrong_use_is_one_line_on_stderr_and_exit_two(
    home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["jijian", "--home", str(home.root), "receive", "nowhere.xlsx"]
    monkeypatch.setattr("sys.argv", words)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_yearly_form_is_returned_in_another_month_than_january(
    home: Home, tmp_path: Path
) -> None:
    labels = ",".join(c.label for c in contracts()["targets"].columns)
    outcomes = {}
    for period in ("2023-01", "2023-02"):
        path = tmp_path / f"targets__BGS01__{period}.csv"
        path.write_text(f"{labels}\ncase_filed_cnt,全区,100,不低于\n", encoding="utf-8")
        decision = take(home, path, at("2023-03-01T09:00"))
        outcomes[period] = (decision.outcome, "P05" in rules(decision))
    assert outcomes == {"2023-01": ("accepted", False), "2023-02": ("returned", True)}
