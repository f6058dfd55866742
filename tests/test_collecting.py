"""Fetching from the units' places: real SFTP, HTTP and WebDAV servers on loopback, and folders."""

import os
import socket
import threading
import time
from datetime import datetime
from pathlib import Path

import dagster as dg
import places_served
import pytest
import sqlalchemy as sa
import yaml
from click.testing import CliRunner
from handed_in import hand_in

from orchestration.cli import cli
from orchestration.collect import collect, fetched, visiting
from orchestration.collect.places import PlacesError, places
from orchestration.defs.places import collect_returns
from orchestration.defs.places import places as sensor
from orchestration.intake import register
from orchestration.intake.reading.plain import MOST_BYTES
from orchestration.settings import Home

NOW = datetime.fromisoformat("2023-08-04T09:00")
WHO = {"user_env": "T_USER", "password_env": "T_PASSWORD"}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("T_USER", places_served.USER)
    monkeypatch.setenv("T_PASSWORD", places_served.PASSWORD)
    monkeypatch.setattr(visiting, "PAUSE", 0.01)
    place = Home(tmp_path / "home")
    place.root.mkdir()
    return place


@pytest.fixture
def left(tmp_path: Path) -> Path:
    """A folder with a file in it and one in a sub-folder, and what nobody should fetch."""
    folder = tmp_path / "左"
    (folder / "2023-07").mkdir(parents=True)
    (folder / "2023-07" / "一 月.xlsx").write_bytes(os.urandom(300_000))
    (folder / "TWN03__2023-06.xlsx").write_bytes(b"june")
    for name in ("~$TWN03.xlsx", "a.xlsx.part", "b.TMP", "c.crdownload", ".hidden.xlsx"):
        (folder / name).write_bytes(b"not yet")
    return folder


def state(home: Home, **urls: str | dict[str, str]) -> None:
    stated = {c: {"url": u} if isinstance(u, str) else u for c, u in urls.items()}
    home.places.write_text(yaml.safe_dump({"places": stated}), "utf-8")


def visits(home: Home, **options: float | str) -> dict[str, visiting.Visit]:
    words = {"settle": 0.05, "limit": 20.0, **options}
    came = collect.collect(home, places(home), lambda: NOW, **words)
    return {v.place.unit_code: v for v in came}


def inbox(home: Home) -> dict[str, bytes]:
    found = (p for p in home.inbox.rglob("*") if p.is_file())
    return {str(p.relative_to(home.inbox)): p.read_bytes() for p in found}


def expected(left: Path, code: str = "TWN03") -> dict[str, bytes]:
    names = ("2023-07/一 月.xlsx", "TWN03__2023-06.xlsx")
    return {f"{code}/{n}": (left / n).read_bytes() for n in names}


def entered(home: Home, table: sa.Table) -> list[sa.Row[tuple[object, ...]]]:
    engine = register.open_register(home)
    with engine.connect() as db:
        rows = list(db.execute(sa.select(table).order_by(table.c.id)))
    engine.dispose()
    return rows


def test_a_folder_gives_what_is_new_and_later_what_changed(home: Home, left: Path) -> None:
    state(home, TWN03=left.as_uri())
    assert visits(home)["TWN03"].trouble is None
    assert inbox(home) == expected(left)
    row = entered(home, fetched.fetches)[0]
    assert (row.unit_code, row.url, row.fetched_at) == ("TWN03", left.as_uri(), NOW)
    for path in home.inbox.rglob("*.xlsx"):
        path.unlink()
    assert visits(home)["TWN03"].landed == []
    (left / "TWN03__2023-06.xlsx").write_bytes(b"June")
    os.utime(left / "2023-07" / "一 月.xlsx")  # touched, not changed
    assert [p.name for p in visits(home)["TWN03"].landed] == ["TWN03__2023-06.xlsx"]
    assert inbox(home) == {"TWN03/TWN03__2023-06.xlsx": b"June"}


def test_only_paths_that_hold_the_period_are_fetched(home: Home, left: Path) -> None:
    state(home, TWN03=left.as_uri())
    visits(home, period="2023-07")
    assert list(inbox(home)) == ["TWN03/2023-07/一 月.xlsx"]


def test_a_file_that_grows_waits_until_it_stands_still(home: Home, left: Path) -> None:
    growing, stop = left / "grows.xlsx", threading.Event()

    def grow() -> None:
        with growing.open("ab", buffering=0) as file:
            while not stop.wait(0.01):
                file.write(b"x" * 100)

    writer = threading.Thread(target=grow)
    writer.start()
    state(home, TWN03=left.as_uri())
    first = visits(home, settle=0.3)["TWN03"]
    stop.set()
    writer.join()
    assert first.unsettled == 1
    assert inbox(home) == expected(left)
    visits(home)
    assert inbox(home)["TWN03/grows.xlsx"] == growing.read_bytes()


def test_links_out_of_a_folder_are_not_followed(home: Home, left: Path) -> None:
    (home.root / "secret.key").write_bytes(b"secret")
    (left / "mine.xlsx").symlink_to(home.root / "secret.key")
    (left / "all").symlink_to(home.root)
    state(home, TWN03=left.as_uri())
    visits(home)
    assert inbox(home) == expected(left)


def test_a_file_too_large_is_left_and_told_in_the_line_and_the_register(
    home: Home, left: Path
) -> None:
    with (left / "huge.xlsx").open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    state(home, TWN03=left.as_uri())
    visit = visits(home)["TWN03"]
    assert inbox(home) == expected(left)
    assert visit.trouble is not None
    assert "1 个文件超过 256 MB，没有取：huge.xlsx" in visit.trouble
    assert [v.trouble for v in entered(home, fetched.visits)] == [visit.trouble]


def test_sftp_survives_connections_cut_in_the_middle(home: Home, left: Path) -> None:
    with places_served.sftp(left, cuts=2) as (port, host_key):
        home.known_hosts.write_text(host_key, "utf-8")
        state(home, TWN03={"url": f"sftp://127.0.0.1:{port}/", **WHO})
        visit = visits(home)["TWN03"]
        assert visit.trouble is None
        assert inbox(home) == expected(left)
        assert places_served.Files.cuts == 0
        reads = places_served.Files.reads
        assert visits(home)["TWN03"].landed == []
        assert places_served.Files.reads == reads


def test_an_sftp_server_with_another_key_gets_no_password(home: Home, left: Path) -> None:
    with places_served.sftp(left) as (port, _), places_served.sftp(left) as (_, other):
        name = f"[127.0.0.1]:{port}"
        home.known_hosts.write_text(f"{name} {other.split(' ', 1)[1]}", "utf-8")
        state(home, TWN03={"url": f"sftp://127.0.0.1:{port}/", **WHO})
        assert "主机公钥" in str(visits(home)["TWN03"].trouble)
    assert inbox(home) == {}


@pytest.mark.parametrize("scheme", ["http", "dav"])
def test_web_places_survive_connections_cut_in_the_middle(
    home: Home, left: Path, scheme: str
) -> None:
    with places_served.web(left, cuts=2) as port:
        state(home, TWN03={"url": f"{scheme}://127.0.0.1:{port}/", **WHO})
        visit = visits(home)["TWN03"]
        assert visit.trouble is None
        assert inbox(home) == expected(left)
        assert places_served.Web.cuts == 0
        taken = len(places_served.Web.fetched)
        assert visits(home)["TWN03"].landed == []
        assert len(places_served.Web.fetched) == taken


def test_a_server_that_always_cuts_leaves_nothing_half(home: Home, left: Path) -> None:
    with places_served.web(left, cuts=10_000) as port:
        state(home, TWN03={"url": f"http://127.0.0.1:{port}/", **WHO})
        visit = visits(home)["TWN03"]
    assert visit.trouble
    assert inbox(home) == {}
    assert entered(home, fetched.visits)[0].trouble == visit.trouble


def test_a_wrong_password_is_told_without_the_password(
    home: Home, left: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("T_PASSWORD", "wrong-word")
    with places_served.web(left) as port, places_served.sftp(left) as (secure, host_key):
        home.known_hosts.write_text(host_key, "utf-8")
        urls = {"TWN01": f"http://127.0.0.1:{port}/", "TWN02": f"dav://127.0.0.1:{port}/"}
        urls["TWN03"] = f"sftp://127.0.0.1:{secure}/"
        state(home, **{code: {"url": url, **WHO} for code, url in urls.items()})
        troubles = [str(v.trouble) for v in visits(home).values()]
    assert len(troubles) == 3
    assert all("拒绝登录" in t and "wrong-word" not in t for t in troubles)


def test_an_unreachable_unit_delays_no_other(home: Home, left: Path) -> None:
    """One accepts and never answers, one refuses, one folder is gone: the fourth is first."""
    with socket.create_server(("127.0.0.1", 0)) as silent, socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        state(
            home,
            TWN01=f"http://127.0.0.1:{silent.getsockname()[1]}/",
            TWN02=f"http://127.0.0.1:{closed.getsockname()[1]}/",
            TWN04=(left / "gone").as_uri(),
            TWN03=left.as_uri(),
        )
        begun = time.monotonic()
        came = visits(home, limit=3.0)
    assert time.monotonic() - begun < 15  # the silent server alone would be tried for a minute
    assert came["TWN03"].trouble is None
    assert inbox(home) == expected(left)
    assert list(came)[-1] == "TWN01"
    assert all(came[code].trouble for code in ("TWN01", "TWN02", "TWN04"))


def test_what_came_before_the_limit_is_kept(home: Home, left: Path) -> None:
    """The second file of a place that falls silent is left for another time."""
    with places_served.web(left) as port:
        places_served.Web.stalls_after = 1
        state(home, TWN03={"url": f"dav://127.0.0.1:{port}/", **WHO})
        visit = visits(home, limit=3.0)["TWN03"]
        assert "其余下次再取" in str(visit.trouble)
        assert len(inbox(home)) == 1
        places_served.Web.stalls_after = None
        visits(home)
        assert inbox(home) == expected(left)


@pytest.mark.parametrize("is_entered", [True, False])
def test_a_collector_killed_before_landing_is_finished_by_the_next(
    home: Home, left: Path, is_entered: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    state(home, TWN03=left.as_uri())

    def cut_off(*_words: object) -> None:
        raise SystemExit(9)

    with monkeypatch.context() as patched:
        patched.setattr(collect, "_place" if is_entered else "sync", cut_off)
        with pytest.raises(SystemExit):
            visits(home)
    assert len(entered(home, fetched.fetches)) == (2 if is_entered else 0)
    visits(home)
    assert inbox(home) == expected(left)
    assert len(entered(home, fetched.fetches)) == 2


def test_a_version_not_yet_received_is_not_replaced(home: Home, left: Path) -> None:
    state(home, TWN03=left.as_uri())
    visits(home)
    (left / "TWN03__2023-06.xlsx").write_bytes(b"second version")
    assert visits(home)["TWN03"].unsettled == 1
    assert inbox(home)["TWN03/TWN03__2023-06.xlsx"] == b"june"
    (home.inbox / "TWN03" / "TWN03__2023-06.xlsx").unlink()
    visits(home)
    assert inbox(home)["TWN03/TWN03__2023-06.xlsx"] == b"second version"


def test_collect_fetches_and_receives(home: Home, tmp_path: Path) -> None:
    state(home, XCX01=hand_in(tmp_path / "xcx").parent.as_uri(), TWN03=(tmp_path / "x").as_uri())
    (home.inbox / "XCX01").mkdir(parents=True)
    (home.inbox / "XCX01" / "left by a kill.xlsx").write_bytes(b"no workbook")
    done = CliRunner().invoke(cli, ["--home", str(home.root), "collect", "--period", "2023-07"])
    assert "退回\tleft by a kill.xlsx" in done.output
    assert done.exit_code == 1  # the other unit's folder is not there
    assert "XCX01\t取到 1 个文件" in done.output
    assert "接收\tXCX01__2023-07.xlsx" in done.output
    assert "TWN03\t取到 0 个文件；目录或文件不存在" in done.output
    assert inbox(home) == {}
    assert list(home.receipts.rglob("*.json"))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("places: {TWN03: {url: 'sftp://me:hidden@127.0.0.1/'}}", "TWN03.url"),
        ("places: {TWN03: {url: 'sftp://127.0.0.1/', password: hidden}}", "TWN03"),
        ("places: {TWN99: {url: 'file:///tmp'}}", "TWN99"),
        ("places: [", "YAML"),
    ],
)
def test_a_wrong_places_file_is_refused_and_no_secret_told(home: Home, text: str, why: str) -> None:
    home.places.write_text(text, "utf-8")
    with pytest.raises(PlacesError) as told:
        places(home)
    assert why in str(told.value)
    assert "hidden" not in str(told.value)


def test_without_a_places_file_collect_says_what_to_write(home: Home) -> None:
    with pytest.raises(PlacesError, match=r"places\.yml 不存在"):
        places(home)


def test_the_sensor_asks_once_for_what_is_new_and_again_after_a_try_in_vain(
    home: Home, left: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIJIAN_HOME", str(home.root))
    with dg.DagsterInstance.ephemeral() as instance:

        def tick() -> object:
            return sensor(dg.build_sensor_context(instance=instance))

        assert "places.yml 不存在" in str(tick())
        state(home, TWN03=left.as_uri(), TWN04=(left / "gone").as_uri())
        first, second = tick(), tick()
        assert isinstance(first, dg.RunRequest)
        assert isinstance(second, dg.RunRequest)
        assert first.run_key == second.run_key  # Dagster starts no second run of one key
        hidden = left.rename(left.with_name("away"))
        visits(home)
        hidden.rename(left)
        third = tick()
        assert isinstance(third, dg.RunRequest)
        assert third.run_key != first.run_key
        assert collect_returns.execute_in_process(instance=instance).success
        assert inbox(home) == expected(left)
        assert "1 个单位没有应答" in str(tick())
