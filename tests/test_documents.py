"""The verb `report`: which release it takes, where it writes, what it leaves, what it refuses."""

import io
import json
import logging
import shutil
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click
import duckdb
import pytest
from docx import Document

from orchestration.cli import main
from orchestration.documents.verb import write_bulletin
from orchestration.progress import LOG
from orchestration.release.releases import Release
from reports.bulletin.fonts import chinese_font

JIJIAN = str(Path(sys.executable).with_name("jijian"))
PERIOD = "2023-03"
BESIDE = [f"讲话数据素材_{PERIOD}.docx", f"讲话数据素材_{PERIOD}.xlsx", f"统计表_{PERIOD}.xlsx"]
BESIDE += [f"督办清单_{PERIOD}.xlsx"]
PAGE = f"领导一页纸_{PERIOD}.pdf"


@dataclass(frozen=True)
class Done:
    """What a call of the program left: its exit code and what it wrote."""

    returncode: int
    stdout: str
    stderr: str


def _report(home: Path, *words: str) -> Done:
    """The whole program in this process: it starts in a hundredth of the time."""
    out, err = io.StringIO(), io.StringIO()
    before, sys.argv = sys.argv, ["jijian", "--home", str(home), "report", *words]
    try:
        with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as left:
            main()
    finally:
        sys.argv = before
    return Done(int(left.value.code or 0), out.getvalue(), err.getvalue())


def _released(home: Path, name: str, source: Path, **changed: str | bool) -> Path:
    """A copy of a release under another name, its manifest changed."""
    place = home / "releases" / name
    shutil.copytree(source, place, ignore=shutil.ignore_patterns("reports", "site", "tables"))
    manifest = json.loads((place / "manifest.json").read_text(encoding="utf-8"))
    (place / "manifest.json").write_text(json.dumps(manifest | changed), encoding="utf-8")
    return place


@pytest.fixture
def home(released_home: Path, tmp_path: Path) -> Path:
    """A home of its own with one release of 2023-03, which is the current one."""
    place = tmp_path / "home"
    source = (released_home / "releases" / "current").resolve()
    made = _released(place, source.name, source)
    (place / "releases" / "current").symlink_to(made.name)
    return place


def _current(home: Path) -> Path:
    return (home / "releases" / "current").resolve()


def test_the_bulletin_lies_in_its_release_and_every_step_tells_its_time(home: Path) -> None:
    done = _report(home, "--period", PERIOD)
    assert done.returncode == 0, done.stderr
    folder = _current(home) / "reports"
    assert sorted(p.name for p in folder.iterdir()) == sorted(
        [f"通报_{PERIOD}.docx", f"通报_{PERIOD}.pdf", PAGE, *BESIDE]
    )
    for name in ("读取数字，成文", "写讲话数据素材、统计表和督办清单", "绘图", "写 PDF", "写 Word"):
        assert f"  {name}：" in done.stdout
    assert "PDF 字体：" in done.stdout


def test_what_this_code_has_written_is_left_unless_forced(home: Path) -> None:
    assert _report(home, "--period", PERIOD).returncode == 0
    docx = _current(home) / "reports" / f"通报_{PERIOD}.docx"
    before, bytes_before = docx.stat().st_mtime_ns, docx.read_bytes()
    again = _report(home, "--period", PERIOD)
    assert again.returncode == 0 and len(again.stdout.splitlines()) == 1
    assert "未重写" in again.stdout and docx.stat().st_mtime_ns == before
    forced = _report(home, "--period", PERIOD, "--force")
    assert forced.returncode == 0 and docx.stat().st_mtime_ns > before
    assert docx.read_bytes() == bytes_before


def test_two_processes_write_the_same_bytes_into_any_folder(home: Path, tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        words = ["--home", str(home), "report", "--period", PERIOD, "--out", str(folder)]
        subprocess.run([JIJIAN, *words], capture_output=True, check=True)
    one, two = (sorted(folder.iterdir()) for folder in folders)
    assert [p.name for p in one] == [p.name for p in two]
    assert [p.read_bytes() for p in one] == [p.read_bytes() for p in two]


@pytest.mark.parametrize("spoil", ["other code", "no docx at all", "another release"])
def test_a_bulletin_made_otherwise_is_written_anew(home: Path, spoil: str) -> None:
    assert _report(home, "--period", PERIOD).returncode == 0
    docx = _current(home) / "reports" / f"通报_{PERIOD}.docx"
    right = docx.read_bytes()
    if spoil == "no docx at all":
        docx.write_bytes(b"half written")
    else:
        document = Document(str(docx))
        core = document.core_properties
        core.version, core.identifier = (
            ("0", core.identifier) if spoil == "other code" else (core.version, "other")
        )
        document.save(str(docx))
    assert _report(home, "--period", PERIOD).returncode == 0
    assert docx.read_bytes() == right


def test_the_newest_release_known_at_a_time_is_taken(home: Path) -> None:
    source = _current(home)
    early = _released(home, "2023-03_20230405T000000_00000001", source, as_of="2023-04-05 00:00:00")
    _released(home, "2023-03_20230407T000000_00000002", source, as_of="2023-04-07 00:00:00")
    done = _report(home, "--period", PERIOD, "--as-of", "2023-04-06")
    assert done.returncode == 0, done.stderr
    assert early.name in done.stdout and (early / "reports").is_dir()
    assert not (source / "reports").exists()


def test_a_release_of_another_period_that_contains_this_one_is_named(home: Path) -> None:
    done = _report(home, "--period", "2023-02")
    assert done.returncode == 0, done.stderr
    assert f"采用发布 {_current(home).name}：其报告期是 2023-03，含 2023-02" in done.stdout
    assert (_current(home) / "reports" / "通报_2023-02.docx").is_file()


def test_the_release_of_the_period_itself_goes_before_a_later_current_one(home: Path) -> None:
    own = _current(home)
    later = _released(
        home, "2023-04_20230511T000000_00000003", own, period="2023-04", as_of="2023-05-11 00:00:00"
    )
    (home / "releases" / "current").unlink()
    (home / "releases" / "current").symlink_to(later.name)
    done = _report(home, "--period", PERIOD)
    assert done.returncode == 0, done.stderr
    assert f"采用发布 {own.name}：不是当前发布 {later.name}" in done.stdout
    assert (own / "reports").is_dir() and not (later / "reports").exists()


def test_a_release_again_of_a_period_carries_a_note_of_what_has_changed(home: Path) -> None:
    source = _current(home)
    early = _released(home, "2023-03_20230405T000000_00000001", source, as_of="2023-04-05 00:00:00")
    with duckdb.connect(str(early / "jijian.duckdb")) as con:
        con.execute(
            "update marts.rpt_indicators set value = value + 5 where unit_code = 'QX00'"
            " and indicator = 'warning_meeting_cnt' and period = '2023-03'"
        )
    done = _report(home, "--period", PERIOD)
    assert done.returncode == 0, done.stderr
    docx = Document(str(source / "reports" / f"通报_{PERIOD}.docx"))
    text = "\n".join(p.text for p in docx.paragraphs)
    assert f"更正说明：本期数据曾正式发布（发布编号{early.name}）" in text
    (table,) = (t for t in docx.tables if t.rows[0].cells[-1].text == "更正原因")
    rows = [[c.text for c in row.cells] for row in table.rows[1:]]
    (changed,) = (row for row in rows if row[0] == "督促召开警示教育会议")
    assert int(changed[2]) == int(changed[3]) + 5


def test_a_provisional_release_before_is_no_published_one(home: Path) -> None:
    source, name = _current(home), "2023-03_20230405T000000_00000001"
    _released(home, name, source, as_of="2023-04-05 00:00:00", is_provisional=True)
    with duckdb.connect(str(home / "releases" / name / "jijian.duckdb")) as con:
        con.execute("update marts.rpt_indicators set value = value + 5")
    assert _report(home, "--period", PERIOD).returncode == 0
    docx = Document(str(source / "reports" / f"通报_{PERIOD}.docx"))
    assert not [p.text for p in docx.paragraphs if "更正说明" in p.text]


def test_a_quarter_is_called_one_and_has_a_file_of_its_own(home: Path) -> None:
    done = _report(home, "--period", PERIOD, "--kind", "quarter")
    assert done.returncode == 0, done.stderr
    docx = Document(str(_current(home) / "reports" / f"通报_{PERIOD}_季度.docx"))
    text = "".join(p.text for p in docx.paragraphs)
    assert "关于2023年第一季度" in text and "2023年第一季度，全区纪检监察机关" in text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--period", "2023-13"), "不在日历中"),
        (("--period", PERIOD, "--kind", "half"), "不是半年的末月（6、12月）"),
        (("--period", PERIOD, "--as-of", "2022-01-01"), "没有认知时点不晚于 2022-01-01 23:59:59"),
        (("--period", PERIOD, "--as-of", "soon"), "应写作"),
        (("--period", "2021-01"), "不含报告期 2021-01"),
        (("--period", "2023-04"), "没有含报告期 2023-04 的发布"),
    ],
)
def test_what_cannot_be_written_is_one_line_and_exit_2(
    home: Path, words: tuple[str, ...], said: str
) -> None:
    done = _report(home, *words)
    assert done.returncode == 2
    assert said in done.stderr and len(done.stderr.strip().splitlines()) == 1
    assert not (_current(home) / "reports").exists()


def test_a_home_without_a_release_is_told_what_to_do(tmp_path: Path) -> None:
    done = _report(tmp_path, "--period", PERIOD)
    assert done.returncode == 2 and "还没有发布，请先 jijian run" in done.stderr


def test_a_release_of_an_older_program_is_named_in_one_line(home: Path) -> None:
    with duckdb.connect(str(_current(home) / "jijian.duckdb")) as con:
        con.execute("alter table marts.rpt_indicators drop column change_rate")
    done = _report(home, "--period", PERIOD)
    assert done.returncode == 2 and "由旧版程序生成" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_release_that_misses_a_figure_writes_nothing(home: Path) -> None:
    with duckdb.connect(str(_current(home) / "jijian.duckdb")) as con:
        con.execute("delete from marts.rpt_indicators where indicator = 'self_case_cnt'")
    done = _report(home, "--period", PERIOD)
    assert done.returncode == 2 and "self_case_cnt" in done.stderr
    assert not (_current(home) / "reports").exists()


def _release(home: Path) -> Release:
    moment = datetime.fromisoformat("2023-04-11T09:00:00")
    return Release(path=_current(home), period=PERIOD, as_of=moment, is_provisional=False)


def test_without_a_font_the_word_file_is_written_and_one_line_says_why(
    home: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, LOG.name):
        *paths, told = write_bulletin(_release(home), PERIOD, "month", tmp_path, None)
    written = [f"通报_{PERIOD}.docx", *BESIDE]
    assert paths == [str(tmp_path / name) for name in written]
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_file()) == sorted(written)
    assert "没有找到中文字体：未写 PDF" in told and "\n" not in told
    assert not Document(paths[0]).inline_shapes


def test_a_font_that_came_later_writes_the_pdf_and_the_pictures(home: Path, tmp_path: Path) -> None:
    write_bulletin(_release(home), PERIOD, "month", tmp_path, None)
    write_bulletin(_release(home), PERIOD, "month", tmp_path, chinese_font())
    assert (tmp_path / f"通报_{PERIOD}.pdf").is_file()
    assert len(Document(str(tmp_path / f"通报_{PERIOD}.docx")).inline_shapes) == 4


def test_a_pdf_of_other_figures_does_not_stay_beside_a_new_word_file(
    home: Path, tmp_path: Path
) -> None:
    (tmp_path / f"通报_{PERIOD}.pdf").write_bytes(b"old")
    write_bulletin(_release(home), PERIOD, "month", tmp_path, None)
    assert not (tmp_path / f"通报_{PERIOD}.pdf").exists()


def test_a_kind_that_the_period_does_not_end_is_wrong_use(home: Path, tmp_path: Path) -> None:
    with pytest.raises(click.UsageError, match="年度的末月（12月）"):
        write_bulletin(_release(home), PERIOD, "year", tmp_path, None)
