"""Real servers on loopback that units leave returns on, and that can be told to misbehave."""

import asyncio
import base64
import hashlib
import http.server
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, ClassVar
from xml.sax.saxutils import escape

import asyncssh

USER, PASSWORD = "collector", "open-sesame"


class Web(http.server.SimpleHTTPRequestHandler):
    """Pages of links, files and WebDAV listings; cuts the first `cuts` downloads in the middle."""

    cuts = 0
    stalls_after: int | None = None  # downloads
    fetched: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if not self._is_known():
            return
        if path.is_file():
            type(self).fetched.append(path.name)
            if self.stalls_after is not None and len(self.fetched) > self.stalls_after:
                time.sleep(8)  # longer than any limit that tests give
            if type(self).cuts > 0:
                type(self).cuts -= 1
                data = path.read_bytes()
                self.send_response(200)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data[: len(data) // 2])
                self.close_connection = True
                return
        super().do_GET()

    def do_PROPFIND(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if not self._is_known():
            return
        here = Path(self.translate_path(self.path))
        if not here.exists():
            self.send_error(404)
            return
        inside = sorted(here.iterdir()) if here.is_dir() and self.headers["Depth"] == "1" else []
        root = Path(self.directory)
        told = "".join(_properties(p, root) for p in (here, *inside))
        body = f'<?xml version="1.0"?><d:multistatus xmlns:d="DAV:">{told}</d:multistatus>'.encode()
        self.send_response(207)
        self.send_header("Content-Type", "application/xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _is_known(self) -> bool:
        who = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if self.headers.get("Authorization") == f"Basic {who}":
            return True
        self.send_error(401)
        return False

    def log_message(self, *_words: Any) -> None:
        pass


class Server(http.server.ThreadingHTTPServer):
    block_on_close = False  # a stalled download is nobody's to wait for


def _properties(path: Path, root: Path) -> str:
    state = path.stat()
    href = "/" + escape(str(path.relative_to(root)) if path != root else "")
    kind = "<d:collection/>" if path.is_dir() else ""
    etag = hashlib.sha256(f"{state.st_mtime_ns}".encode()).hexdigest()[:8]
    return (
        f"<d:response><d:href>{href}</d:href><d:propstat><d:prop>"
        f"<d:resourcetype>{kind}</d:resourcetype>"
        f"<d:getcontentlength>{state.st_size}</d:getcontentlength>"
        f'<d:getetag>"{etag}"</d:getetag>'
        "</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>"
    )


@contextmanager
def web(folder: Path, cuts: int = 0) -> Iterator[int]:
    """Serve a folder; the port."""
    Web.cuts, Web.fetched, Web.stalls_after = cuts, [], None
    handler = partial(Web, directory=str(folder))
    with Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


class Files(asyncssh.SFTPServer):
    """A folder by SFTP; drops the connection in the middle of the first `cuts` downloads."""

    folder = Path()
    cuts = 0
    reads = 0

    def __init__(self, channel: Any) -> None:
        super().__init__(channel, chroot=str(self.folder))

    def read(self, file: Any, offset: int, size: int) -> bytes:
        type(self).reads += 1
        if type(self).cuts > 0:
            type(self).cuts -= 1
            self.channel.get_connection().abort()
        data: bytes = super().read(file, offset, size)
        return data


class Login(asyncssh.SSHServer):
    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == (USER, PASSWORD)


@contextmanager
def sftp(folder: Path, cuts: int = 0) -> Iterator[tuple[int, str]]:
    """Serve a folder; the port, and the line of known_hosts that names this server."""
    Files.folder, Files.cuts, Files.reads = folder, cuts, 0
    key = asyncssh.generate_private_key("ssh-ed25519")
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()

    async def begin() -> Any:
        return await asyncssh.listen(
            "127.0.0.1", 0, server_host_keys=[key], server_factory=Login, sftp_factory=Files
        )

    server = asyncio.run_coroutine_threadsafe(begin(), loop).result(20)
    port = server.sockets[0].getsockname()[1]
    public = key.export_public_key().decode().strip()
    try:
        yield port, f"[127.0.0.1]:{port} {public}\n"
    finally:
        loop.call_soon_threadsafe(server.close)
