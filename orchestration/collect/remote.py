"""A unit's place through fsspec: what lies there, and one file of it on this disk."""

import base64
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import fsspec

from orchestration.collect.places import Place, PlacesError
from orchestration.settings import Home

SECONDS = 15  # without a word from the server
DEEP = 4  # folders inside folders
TEMPORARY = ("~$", ".", "~")
UNFINISHED = (".part", ".tmp", ".temp", ".crdownload", ".partial", ".filepart", ".download", ".swp")


@dataclass(frozen=True)
class Seen:
    """A file as the place describes it: its name there, its size, and what changes with it."""

    name: str
    size: int
    mark: str  # the ETag, else the time of change


class CutError(OSError):
    """What came is not what was listed."""


class Line:
    """An open connection to one place."""

    def __init__(self, home: Home, place: Place) -> None:
        self._scheme = place.scheme
        self._fs, self._root = _opened(home, place)

    def look(self) -> dict[str, Seen]:
        """Every whole-looking file by its path inside the place, temporary ones left out."""
        return {path: self._seen(info) for path, info in self._walk(self._root, DEEP)}

    def fetch(self, seen: Seen, to: Path) -> None:
        """Bring one file here.

        Raises:
            CutError: it came short, or was changed meanwhile.
        """
        self._fs.get_file(seen.name, str(to))
        if to.stat().st_size != seen.size or self._seen(self._fs.info(seen.name)) != seen:
            raise CutError("文件没有取完整，或在取的同时被改动")

    def _walk(self, folder: str, deep: int) -> Iterator[tuple[str, dict[str, Any]]]:
        for info in self._fs.ls(folder, detail=True, refresh=True):
            path = self._inside(info["name"])
            if not path or info.get("islink"):
                continue
            if info["type"] == "directory":
                if deep:
                    yield from self._walk(info["name"], deep - 1)
            elif info["type"] == "file":
                if info.get("size") is None:
                    info = {**self._fs.info(info["name"]), "name": info["name"]}
                if info.get("size") is not None:
                    yield path, info

    def _inside(self, name: str) -> str | None:
        """The path below the root, or None for what is outside, temporary or no plain name."""
        below = name.removeprefix(self._root).strip("/")
        if self._scheme.startswith("http"):
            if not name.startswith(self._root) or set("?#") & set(below):
                return None
            below = unquote(below)
        parts = below.split("/")
        return below if all(_is_plain(p) for p in parts) else None

    def _seen(self, info: dict[str, Any]) -> Seen:
        changed = ("ETag", "etag", "Last-Modified", "modified", "mtime")
        mark = next((str(info[k]) for k in changed if info.get(k)), "")
        return Seen(info["name"], int(info["size"]), mark)


def _is_plain(part: str) -> bool:
    low = part.lower()
    return (
        part not in ("", ".", "..")
        and not part.startswith(TEMPORARY)
        and not low.endswith(UNFINISHED)
        and part.isprintable()
        and "\\" not in part
        and len(part.encode()) <= 200
    )


def _opened(home: Home, place: Place) -> tuple[Any, str]:
    url = urlsplit(place.url)
    path = unquote(url.path)
    user, password = place.secret("user"), place.secret("password")
    if place.scheme == "file":
        return fsspec.filesystem("file", skip_instance_cache=True), path.rstrip("/") or "/"
    if place.scheme == "sftp":
        return _sftp(home, place), posixpath.normpath(path or "/")
    if place.scheme in ("http", "https"):
        import aiohttp

        wait = aiohttp.ClientTimeout(total=None, sock_connect=SECONDS, sock_read=SECONDS)
        pair = base64.b64encode(f"{user}:{password or ''}".encode()).decode()
        options = {"timeout": wait, "headers": {"Authorization": f"Basic {pair}"} if user else {}}
        fs = fsspec.filesystem("http", client_kwargs=options, skip_instance_cache=True)
        return fs, place.url.rstrip("/") + "/"
    from webdav4.fsspec import WebdavFileSystem

    base = place.url.replace("dav", "http", 1)
    auth = (user, password or "") if user else None
    return WebdavFileSystem(base, auth=auth, timeout=SECONDS, skip_instance_cache=True), ""


def _sftp(home: Home, place: Place) -> Any:
    """A connection to a host whose key stands in the home's `known_hosts`: to no other one."""
    from sshfs import SSHFileSystem

    if not home.known_hosts.is_file():
        raise PlacesError(f"{home.known_hosts} 不存在：请先核对并写入 SFTP 服务器的主机公钥")
    url, key = urlsplit(place.url), place.secret("key")
    password = place.secret("password")
    return SSHFileSystem(
        str(url.hostname),
        port=url.port or 22,
        username=place.secret("user") or (),
        client_keys=[key] if key else None,
        **({"passphrase": password} if key else {"password": password}),
        known_hosts=str(home.known_hosts),  # without it sshfs trusts whoever answers
        config=None,
        agent_path=None,
        connect_timeout=SECONDS,
        login_timeout=SECONDS,
        keepalive_interval=SECONDS,
        skip_instance_cache=True,
    )
