"""`jijian doctor`: what is wrong with the installation or the home, and how to mend it."""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import click

from orchestration.doctor.condition import WRONG, Line, good, home_lines, note, wrong
from orchestration.parsing import manifest_is_stale
from orchestration.settings import DBT_PROJECT, PROJECT, REPORTS, Home

LOCK = PROJECT / "requirements.txt"
PYTHONS = ((3, 11), (3, 13))  # as pyproject.toml has it
PIN = re.compile(r"^([\w.-]+)==([^\s;\\]+)\s*(;?)", re.MULTILINE)
NODE = 20
LITTLE, TOO_LITTLE = 5 * 1024**3, 512 * 1024**2  # bytes free; a release takes about 50 MB


@click.command("doctor", help="检查程序安装和数据目录：逐项列出正常、注意、错误及如何处理。")
@click.pass_context
def doctor_command(context: click.Context) -> None:
    """Print one line for each thing looked at; exit 1 if anything is wrong."""
    home: Home = context.obj
    has_wrong = False
    for line in (*installation_lines(home), *home_lines(home)):
        click.echo(line)
        has_wrong |= line.state == WRONG
    context.exit(1 if has_wrong else 0)


def installation_lines(home: Home) -> Iterator[Line]:
    """Everything about the machine and the environment."""
    yield _python()
    yield _packages(LOCK)
    yield _node()
    yield _node_modules()
    yield _font()
    yield _manifest()
    yield from _disk(home)


def _python() -> Line:
    version = ".".join(str(n) for n in sys.version_info[:3])
    if PYTHONS[0] <= sys.version_info[:2] <= PYTHONS[1]:
        return good(f"Python {version}")
    return wrong(f"Python {version} 不受支持", "请用 Python 3.11–3.13 重新运行 make setup")


def _packages(lock: Path) -> Line:
    """Whether the environment holds what the lock names.

    A name may be locked in several versions, or not at all, by Python and platform.
    """
    if not lock.exists():
        return note("找不到 requirements.txt，未核对依赖版本", "请在项目目录中安装")
    locked: dict[str, set[str | None]] = {}
    for name, version, marker in PIN.findall(lock.read_text(encoding="utf-8")):
        locked.setdefault(name, set()).update({version, None} if marker else {version})
    found = {name: _installed(name) for name in locked}
    if other := [n for n, version in found.items() if version not in locked[n]]:
        told = "、".join(f"{n} {found[n] or '未安装'}" for n in other[:3])
        return wrong(f"{len(other)} 个依赖与锁定版本不符：{told}", "请运行 make setup")
    return good(f"{len(locked)} 个依赖与锁定版本一致")


def _installed(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _node() -> Line:
    node, fix = shutil.which("node"), f"建数据站需要 Node {NODE} 或更新；其余功能不受影响"
    if not node or not shutil.which("npm"):
        return note("没有找到 Node 或 npm", fix)
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    match = re.match(r"v(\d+)", said)
    if not match or int(match[1]) < NODE:
        return note(f"Node {said.strip()} 过旧", fix)
    return good(f"Node {said.strip()}")


def _node_modules() -> Line:
    if (REPORTS / "node_modules").is_dir():
        return good("数据站的 npm 依赖已安装")
    return note("数据站的 npm 依赖未安装", "运行 make run 会自动安装（需 Node）")


def _font() -> Line:
    from reports.bulletin.fonts import chinese_font

    font = chinese_font()
    if font is None:
        return note("没有中文字体，通报只能生成 docx", "请安装任一中文字体，如 fonts-noto-cjk")
    return good(f"中文字体 {font.family}")


def _manifest() -> Line:
    if manifest_is_stale(DBT_PROJECT / "target" / "manifest.json"):
        return note("dbt 清单不存在或已过时", "下次 jijian run 会自动重新解析，首次稍慢")
    return good("dbt 清单与模型一致")


def _disk(home: Home) -> Iterator[Line]:
    place = next(p for p in (home.root, *home.root.parents) if p.is_dir())
    try:
        with tempfile.TemporaryFile(dir=place):
            yield good(f"{place} 可写")
    except OSError:
        yield wrong(f"{place} 无法写入", "请检查权限，或用 --home 另指目录")
    free = shutil.disk_usage(place).free
    what = f"{place} 所在磁盘剩余 {free / 1024**3:.1f} GB"
    if free < TOO_LITTLE:
        yield wrong(what, "空间不足以完成一次发布，请清理")
    else:
        yield good(what) if free >= LITTLE else note(what, "空间偏少，请及时清理")
