"""Runs `jijian` and kills it with SIGKILL just before one named act on the disk.

    python tests/killed_at.py EVENT PATTERN NTH WORDS OF JIJIAN

EVENT is an audit event of Python (open, os.rename, os.remove), PATTERN a regular expression that a
path of it has to match, NTH which of those acts is never done. The product knows nothing of it:
the interpreter tells every act to whoever listens. EVENT `*` is any of the three when it changes
something, so that NTH alone names a moment.
"""

import os
import re
import signal
import sys
from pathlib import Path

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
CHANGES = ("os.rename", "os.remove")


def listen(event: str, pattern: str, nth: int) -> None:
    """Kill this process before the `nth` (from 1) such act of its own."""
    wanted, left = re.compile(pattern), [nth]

    def heard(name: str, words: tuple[object, ...]) -> None:
        if name not in (*CHANGES, "open") or (event != "*" and name != event):
            return
        if event == "*" and name == "open" and not _writes(words[2]):
            return
        paths = [os.fsdecode(w) for w in words[:2] if isinstance(w, (str, bytes, os.PathLike))]
        if any(wanted.search(path) for path in paths):
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(heard)


def _writes(flags: object) -> bool:
    return isinstance(flags, int) and bool(flags & WRITING)


def command(event: str, pattern: str, nth: int, home: Path, *words: str) -> list[str]:
    """The command that runs `jijian` in that home and kills it there."""
    head = [sys.executable, __file__, event, pattern, str(nth)]
    return [*head, "--home", str(home), *words]


def program(event: str, pattern: str, nth: int, code: str, home: Path, *words: str) -> list[str]:
    """The same of a few lines that call one step of the product; argv is home and words."""
    here = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import killed_at; "
    listening = f"killed_at.listen({event!r}, {pattern!r}, {nth})\n"
    return [sys.executable, "-c", here + listening + code, str(home), *words]


if __name__ == "__main__":
    at, sys.argv = sys.argv[1:4], ["jijian", *sys.argv[4:]]
    from orchestration.cli import main

    listen(at[0], at[1], int(at[2]))
    main()
