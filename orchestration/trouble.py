"""What stood in the way of a whole command, in words of the one who has to mend it.

A full disk and one that cannot be written are told alike by whichever library met them first:
Python, SQLite, DuckDB, Arrow, or dbt as a child.
"""

import errno
from collections.abc import Iterator

FULL = "磁盘已满：请清理空间后重新运行同一命令，已接收的报表和已有的发布都完好"
READ_ONLY = "数据目录只能读、不能写：请检查挂载方式和权限后重新运行同一命令，已有的内容都完好"
BUSY = "登记库一直被另一个进程占用：请等它结束后重新运行同一命令"
ERRNO = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EROFS: READ_ONLY,
    errno.EACCES: READ_ONLY,
    errno.EPERM: READ_ONLY,
}
TEXTS = {
    "No space left on device": FULL,
    "Disk quota exceeded": FULL,
    "disk is full": FULL,
    "Read-only file system": READ_ONLY,
    "readonly database": READ_ONLY,
    "database is locked": BUSY,
}


def told(error: BaseException) -> str | None:
    """The trouble in one line, or None where it is none of the disk's."""
    for cause in _causes(error):
        number = getattr(cause, "errno", None)
        line = ERRNO.get(number) if isinstance(number, int) else None
        if line := line or told_of_text(str(cause)):
            name = getattr(cause, "filename", None)
            return f"{line}（{name}）" if name else line
    return None


def told_of_text(text: str) -> str | None:
    """The same of what a child or a framework wrote."""
    return next((line for mark, line in TEXTS.items() if mark in text), None)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what led to it."""
    found: BaseException | None = error
    while found is not None:
        yield found
        found = found.__cause__ or found.__context__
