"""The verbs site, serve and render, the generated queries, and the lock of the npm packages."""

import json
import os
import re
import socket
import struct
import subprocess
import sys
import urllib.request
from pathlib import Path

import duckdb
import pytest

from orchestration.render.files import render, stale
from orchestration.settings import REPORTS
from orchestration.site.audience import audiences
from orchestration.site.build import SiteError, build_site
from orchestration.site.sources import rendered, source_query, standalone

JIJIAN = str(Path(sys.executable).with_name("jijian"))


def jijian(home: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [JIJIAN, "--home", str(home), *words],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | environment,
    )


def assert_refused(done: subprocess.CompletedProcess[str], words: str) -> None:
    assert done.returncode == 2
    assert words in done.stderr and len(done.stderr.strip().splitlines()) == 1


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small Evidence project: one page, and three queries of which it reads one."""
    files = {
        "pages/index.md": "select n from site.shown\n",
        "queries/unread.sql": "select 3\n",
        "queries/base.sql": "-- comment\nselect 1 as n\n",
        "queries/twice.sql": "select n * 2 as n from base\n",
        "queries/shown.sql": "-- text\nwith own as (select n from twice)\nselect n from own\n",
        "sources/internal/connection.yaml": "name: site\n",
        "sources/internal/old.sql": "select 2\n",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def released(tmp_path: Path) -> Path:
    """A home whose current release holds nothing yet that a site could be built from."""
    release = tmp_path / "releases" / "2023-07_x"
    release.mkdir(parents=True)
    (release / "manifest.json").write_text("{}", encoding="utf-8")
    (tmp_path / "releases" / "current").symlink_to(release.name)
    return tmp_path


def test_a_query_stands_alone_with_those_it_reads_before_it(project: Path) -> None:
    text = standalone(project / "queries", "shown")
    assert [text.count(f"{name} as (") for name in ("base", "twice", "own")] == [1, 1, 1]
    assert text.index("base as (") < text.index("twice as (") < text.index("own as (")


def test_a_source_query_without_rows_gives_one_of_nulls(project: Path) -> None:
    (project / "queries" / "base.sql").write_text("select 1 as n where false", encoding="utf-8")
    assert duckdb.sql(source_query(project / "queries", "shown")).fetchall() == [(None,)]


def test_rendering_writes_what_pages_read_and_removes_what_is_left_over(project: Path) -> None:
    sources = project / "sources" / "internal"
    assert render(project, "internal") == [sources / "old.sql", sources / "shown.sql"]
    assert not (sources / "old.sql").exists()
    assert "do not edit" in (sources / "shown.sql").read_text(encoding="utf-8").splitlines()[0]
    assert render(project, "internal") == []


@pytest.mark.parametrize("audience", audiences())
def test_the_generated_source_queries_are_in_step(audience: str) -> None:
    assert stale(REPORTS, audience) == []
    assert rendered(REPORTS, audience)


def test_render_check_lists_nothing_while_all_is_in_step(tmp_path: Path) -> None:
    done = jijian(tmp_path, "render", "--check")
    assert (done.returncode, done.stdout) == (0, "")


def test_a_build_without_node_modules_says_what_to_do(project: Path) -> None:
    with pytest.raises(SiteError, match="npm ci"):
        build_site(project, "internal", project, project / "build")


def test_a_build_for_an_unknown_audience_names_the_known_ones(project: Path) -> None:
    with pytest.raises(SiteError, match="internal"):
        build_site(project, "public", project, project / "build")


def test_a_build_without_node_is_one_line(released: Path) -> None:
    assert_refused(jijian(released, "site", PATH="/nowhere"), "Node 20")


def test_a_site_of_no_release_is_one_line(tmp_path: Path) -> None:
    assert_refused(jijian(tmp_path, "site"), "还没有发布")


def test_a_site_of_an_unknown_release_names_the_known_ones(released: Path) -> None:
    assert_refused(jijian(released, "site", "--release", "2022-01_y"), "2023-07_x")


def test_serving_before_the_site_is_built_says_what_to_do(released: Path) -> None:
    assert_refused(jijian(released, "serve"), "jijian site")


def test_a_port_taken_is_one_line(released: Path) -> None:
    site = released / "releases" / "current" / "site" / "internal"
    site.mkdir(parents=True)
    (site / ".made_by").write_text("x", encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert_refused(jijian(released, "serve", "--port", port), f"端口 {port} 已被占用")


def test_the_site_served_is_that_of_the_current_release(released: Path) -> None:
    releases = released / "releases"
    for release in ("2023-07_x", "2023-08_y"):
        site = releases / release / "site" / "internal"
        site.mkdir(parents=True)
        (site / ".made_by").write_text("x", encoding="utf-8")
        (site / "index.html").write_text(release, encoding="utf-8")
    command = [JIJIAN, "--home", str(released), "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = re.search(r"http://127\.0\.0\.1:\d+/", server.stdout.readline())
        assert address is not None
        try:
            assert read(address[0]) == "2023-07_x"
            (releases / ".next").symlink_to("2023-08_y")
            (releases / ".next").rename(releases / "current")
            assert read(address[0]) == "2023-08_y"
        finally:
            server.kill()  # SIGTERM may be ignored, see the browser test


def test_a_browser_that_goes_away_is_not_told_of(released: Path) -> None:
    site = released / "releases" / "2023-07_x" / "site" / "internal"
    site.mkdir(parents=True)
    (site / ".made_by").write_text("x", encoding="utf-8")
    (site / "large").write_bytes(bytes(1 << 24))
    command = [JIJIAN, "--home", str(released), "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=-1, stderr=-1, text=True) as server:
        assert server.stdout is not None
        port = re.search(r"127\.0\.0\.1:(\d+)", server.stdout.readline())
        assert port is not None
        try:
            with socket.create_connection(("127.0.0.1", int(port[1]))) as gone:
                gone.sendall(b"GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n")
                assert gone.recv(16)
                gone.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            assert len(read(f"http://127.0.0.1:{port[1]}/large")) == 1 << 24
        finally:
            server.kill()
        assert server.communicate()[1] == ""


def read(url: str) -> str:
    with urllib.request.urlopen(url, timeout=20) as answer:
        return str(answer.read().decode())


def test_the_lock_names_no_registry() -> None:
    lock = json.loads((REPORTS / "package-lock.json").read_text(encoding="utf-8"))
    assert not [p for p, entry in lock["packages"].items() if "resolved" in entry]


def test_the_lock_has_every_platforms_binaries_or_npm_ci_refuses_it() -> None:
    lock = json.loads((REPORTS / "package-lock.json").read_text(encoding="utf-8"))
    packages = lock["packages"]
    for path, entry in packages.items():
        for name in entry.get("optionalDependencies", {}):
            assert {f"node_modules/{name}", f"{path}/node_modules/{name}"} & packages.keys(), name


def test_the_lock_holds_the_pins_that_work_without_internet() -> None:
    lock = json.loads((REPORTS / "package-lock.json").read_text(encoding="utf-8"))
    wanted = {
        "@duckdb/duckdb-wasm": "1.28.0",
        "@evidence-dev/evidence": "40.1.8",
        "@evidence-dev/universal-sql": "2.1.9",
        "codemirror": "6.0.1",
        "typescript": "5.4.2",
    }
    for name, version in wanted.items():
        assert lock["packages"][f"node_modules/{name}"]["version"] == version
