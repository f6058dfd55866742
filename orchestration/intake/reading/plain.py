"""What may be opened at all: plain files of a bearable size, under a name fit to be shown.

Everything else that lies in an inbox (links, pipes, devices, huge files) is refused by what the
folder says of it, without being opened: it is not followed, nobody waits for it, and nothing of it
is kept.
"""

import hashlib
import os
import stat
import unicodedata
from pathlib import Path

from orchestration.intake.reading.submission import Submission, file_error

MOST_BYTES = 256 * 1024 * 1024  # more than any file that the door lets in
SAFE_SUFFIX = 8  # characters of a suffix that is no trick
LONGEST, HEAD, TAIL = 200, 40, 20  # bytes of a whole name; characters kept of a longer one
_LINK = "这是链接(快捷方式),不是文件本身"
_SHARED = "这是与别处文件相连的硬链接,不是单独的文件"
_STRANGE = "这不是普通文件(管道、设备等)"
_COPY = "请复制文件本身(不用链接)后重新报送"


def shown_name(path: Path) -> str:
    """The name of a file as receipts, register and lines tell it.

    A name that is no UTF-8 is read as GB18030, as archives from Windows carry it. Control
    characters and marks of writing direction, which would rewrite a line, become U+FFFD, and a
    name too long to lay anywhere loses its middle.
    """
    raw = os.fsencode(path.name)
    for encoding, errors in (("utf-8", "strict"), ("gb18030", "strict"), ("utf-8", "replace")):
        try:
            text = raw.decode(encoding, errors)
            break
        except UnicodeDecodeError:
            continue
    text = "".join(c if _is_shown(c) else "\ufffd" for c in text)
    return text if len(text.encode()) <= LONGEST else f"{text[:HEAD]}…{text[-TAIL:]}"


def size_of(path: Path) -> int:
    """Bytes of the file, without opening it; 0 where it cannot be told."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def safe_suffix(name: str) -> str:
    """The suffix in lower case, for a name of our own; nothing where it is no plain one."""
    suffix = Path(name).suffix.lower()
    plain = suffix[1:].isalnum() and suffix.isascii() and len(suffix) <= SAFE_SUFFIX
    return suffix if plain else ""


def refused(path: Path, *, in_inbox: bool) -> Submission | None:
    """The refusal of what is no plain file, None where it may be opened.

    A hard link is one in the inbox only: what lies elsewhere is only read, and may well share
    its content with a backup.
    """
    try:
        state = path.lstat()
    except OSError:  # gone, which the reader tells
        return None
    if stat.S_ISLNK(state.st_mode):
        return _refusal(path, _LINK, _COPY)
    if not stat.S_ISREG(state.st_mode):
        return _refusal(path, _STRANGE, "请报送 .xlsx 报表册或 CSV 文件")
    if in_inbox and state.st_nlink > 1:
        return _refusal(path, _SHARED, _COPY)
    if state.st_size > MOST_BYTES:
        size = f"文件过大({state.st_size // 2**20} MB,超过 {MOST_BYTES // 2**20} MB),没有读取"
        return _refusal(path, size, "请删除图片、附件和多余内容,另存后重新报送")
    return None


def fingerprint(path: Path) -> str:
    """SHA-256 of a plain file's content; of what may not be opened, of what the folder says."""
    told = refused(path, in_inbox=True)
    if told is not None:
        return told.sha256
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _refusal(path: Path, message: str, fix: str) -> Submission:
    state = path.lstat()
    told = f"{stat.S_IFMT(state.st_mode)} {state.st_nlink > 1} {state.st_size} {state.st_mtime_ns}"
    digest = hashlib.sha256(os.fsencode(path.name) + b"\0" + told.encode()).hexdigest()
    finding = file_error(message, fix, unkept=True)
    return Submission(
        path=str(path), sha256=digest, size=state.st_size, kind="xlsx", findings=(finding,)
    )


def _is_shown(character: str) -> bool:
    return character.isprintable() or unicodedata.category(character) == "Zs"
