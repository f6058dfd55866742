"""`jijian doctor` names what is wrong in a home and how to mend it."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from handed_in import LEAD, hand_in, take

from orchestration.cli import cli
from orchestration.doctor import verb
from orchestration.intake.landing import land
from orchestration.settings import Home


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with one accepted return, landed, and one file refused for privacy."""
    folder = tmp_path_factory.mktemp("made")
    home = Home(folder / "home")
    take(home, hand_in(folder))
    take(home, hand_in(folder, "TWN03", leads=[LEAD | {"authority_code": "1"}]))
    land.land(home)
    return home


@pytest.fixture
def home(made: Home, tmp_path: Path) -> Home:
    """The same, to be harmed."""
    shutil.copytree(made.root, tmp_path / "home")
    return Home(tmp_path / "home")


def told(home: Home) -> tuple[int, list[str]]:
    result = CliRunner().invoke(cli, ["--home", str(home.root), "doctor"])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.output.splitlines()


def test_a_home_in_order_has_nothing_wrong(home: Home) -> None:
    code, lines = told(home)
    assert (code, [line for line in lines if line.startswith("错误")]) == (0, [])
    assert "正常\t1 份原件齐全，内容与登记一致" in lines
    assert "正常\t2 份回执齐全" in lines
    assert all(line.split("\t")[0] in ("正常", "注意") for line in lines)


def _original_lost(home: Home) -> None:
    next(home.originals.iterdir()).unlink()


def _original_spoilt(home: Home) -> None:
    next(home.originals.iterdir()).write_bytes(b"other")


def _refused_kept(home: Home) -> None:
    with sqlite3.connect(home.register) as db:
        (sha,) = db.execute("select sha256 from files where not is_kept").fetchone()
    (home.originals / f"{sha}.xlsx").write_bytes(b"x")


def _receipt_lost(home: Home) -> None:
    next(home.receipts.rglob("*.json")).unlink()


def _register_spoilt(home: Home) -> None:
    home.register.write_bytes(b"nothing" * 1000)


def _open_secret(home: Home) -> None:
    home.secret.chmod(0o644)


def _secret_lost(home: Home) -> None:
    home.secret.unlink()


def _release_cut(home: Home) -> None:
    (home.releases / "2023-07_x").mkdir(parents=True)
    (home.releases / "current").symlink_to("2023-07_x")


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (_original_lost, "缺少 1 份原件"),
        (_original_spoilt, "1 份原件内容已变"),
        (_refused_kept, "1 份因隐私退回的文件仍在 originals/"),
        (_receipt_lost, "1 份回执缺失"),
        (_register_spoilt, "已损坏或不完整"),
        (_open_secret, "权限不是 600"),
        (_secret_lost, "secret.key 丢失"),
        (_release_cut, "当前发布 2023-07_x 缺少"),
    ],
)
def test_what_is_harmed_is_named_with_a_remedy(
    home: Home, harm: Callable[[Home], None], said: str
) -> None:
    harm(home)
    code, lines = told(home)
    (line,) = (line for line in lines if line.startswith("错误"))
    assert code == 1
    assert said in line
    assert "；" in line


def test_what_mends_itself_is_no_error(home: Home) -> None:
    (home.originals / ".half.xlsx.part").write_bytes(b"half")
    (home.releases / ".draft").mkdir(parents=True)
    code, lines = told(home)
    assert code == 0
    assert len([line for line in lines if "自动收尾" in line or "自动清除" in line]) == 2


def test_an_environment_that_left_its_lock_is_told(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.txt"
    lock.write_text("click==0.1 \\\nnone-such==1.0 ; sys_platform == 'win32' \\\n", "utf-8")
    line = verb._packages(lock)
    assert line.state == "错误"
    assert "1 个依赖与锁定版本不符：click" in line.what


def test_a_home_that_is_not_there_is_no_error(tmp_path: Path) -> None:
    code, lines = told(Home(tmp_path / "none"))
    assert code == 0
    assert any("还没有内容" in line for line in lines)
    assert not (tmp_path / "none").exists()
