"""The condition of a home: what `doctor` looks at there. Nothing is changed but a new register."""

import hashlib
import json
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from orchestration.intake import register
from orchestration.intake.files import original
from orchestration.settings import Home

Entries = list[sa.Row[Any]]
GOOD, NOTE, WRONG = "正常", "注意", "错误"
SHOWN = 3  # names of one kind that a line shows


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing looked at: its state, what was found and how to mend it."""

    state: str
    what: str
    fix: str = ""

    def __str__(self) -> str:
        return f"{self.state}\t{self.what}" + (f"；{self.fix}" if self.fix else "")


def good(what: str) -> Line:
    """Nothing to do."""
    return Line(state=GOOD, what=what)


def note(what: str, fix: str) -> Line:
    """Something works less or will be mended by itself."""
    return Line(state=NOTE, what=what, fix=fix)


def wrong(what: str, fix: str) -> Line:
    """Something has to be mended before the results can be trusted."""
    return Line(state=WRONG, what=what, fix=fix)


def home_lines(home: Home) -> Iterator[Line]:
    """Everything about the home, the register first."""
    if not home.root.is_dir() or not any(home.root.iterdir()):
        yield note(f"数据目录 {home.root} 还没有内容", "先运行 jijian sample 或 jijian receive")
        return
    yield from _register(home)
    yield from _unfinished(home)
    yield from _secret(home)
    yield from _current(home)
    waiting = sum(1 for p in home.inbox.rglob("*") if p.is_file()) if home.inbox.is_dir() else 0
    yield (
        note(f"收件箱有 {waiting} 个文件待接收", "运行 jijian receive")
        if waiting
        else good("收件箱为空")
    )


def _register(home: Home) -> Iterator[Line]:
    if not home.register.exists() and not home.originals.is_dir():
        yield note("登记库还没有建立", "首次 jijian receive 时自动建立")
        return
    try:
        engine = register.open_register(home)
    except register.HomeError as error:
        yield wrong(*str(error).split("：", 1))
        return
    with engine.connect() as db:
        sound = db.exec_driver_sql("pragma quick_check(1)").scalar() == "ok"
        entered = list(db.execute(sa.select(register.files))) if sound else []
    engine.dispose()
    if not sound:
        yield wrong(f"登记库 {home.register} 内容损坏", "请从备份恢复")
        return
    yield good(f"登记库第 {register.SCHEMA_VERSION} 版，登记 {len(entered)} 次报送")
    yield from _originals(home, entered)
    yield from _receipts(home, entered)


def _originals(home: Home, entered: Entries) -> Iterator[Line]:
    kept = {original(home, str(e.sha256), str(e.name)).name for e in entered if e.is_kept}
    refused = {str(e.sha256) for e in entered if not e.is_kept}
    there = {p.name: p for p in home.originals.glob("[!.]*")}
    spoilt = [n for n in kept & set(there) if _sha256(there[n]) != n.partition(".")[0]]
    private = [n for n in there if n.partition(".")[0] in refused]
    extra = set(there) - kept - set(private)
    if lost := kept - set(there):
        yield wrong(f"缺少 {len(lost)} 份原件：{_some(lost)}", "请从备份恢复到 originals/")
    if spoilt:
        yield wrong(f"{len(spoilt)} 份原件内容已变：{_some(spoilt)}", "请从备份恢复到 originals/")
    if private:
        yield wrong(f"{len(private)} 份因隐私退回的文件仍在 originals/", "请立即删除并查明来源")
    if extra:
        yield note(f"{len(extra)} 份原件未登记：{_some(extra)}", "接收中断所致，重新接收即可")
    if not (lost or spoilt or private):
        yield good(f"{len(kept)} 份原件齐全，内容与登记一致")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _receipts(home: Home, entered: Entries) -> Iterator[Line]:
    written = set()
    for path in home.receipts.glob("*/*/*.json"):
        try:
            told = json.loads(path.read_text(encoding="utf-8"))
            written.add((told["sha256"], told["received_at"], told["file"]))
        except (ValueError, KeyError):
            yield wrong(f"回执 {path} 无法读取", "请从备份恢复该文件")
    owed = {(str(e.sha256), e.received_at.isoformat(), str(e.name)) for e in entered}
    if lost := owed - written:
        names = _some({name for _, _, name in lost})
        yield wrong(f"{len(lost)} 份回执缺失：{names}", "请从备份恢复 receipts/")
    else:
        yield good(f"{len(owed)} 份回执齐全")


def _some(names: set[str] | list[str]) -> str:
    shown = "、".join(sorted(names)[:SHOWN])
    return shown + (" 等" if len(names) > SHOWN else "")


def _unfinished(home: Home) -> Iterator[Line]:
    drafts = [*home.staged.glob("*"), *home.originals.glob(".*.part")]
    release = home.releases / ".draft"
    if drafts:
        yield note(f"有 {len(drafts)} 个接收中断留下的半成品", "下次 jijian receive 会自动收尾")
    if release.exists():
        yield note("有一个发布到一半的草稿", "下次 jijian run 会自动清除")
    if not drafts and not release.exists():
        yield good("没有半途中断的痕迹")


def _secret(home: Home) -> Iterator[Line]:
    if not home.secret.exists():
        if any(home.raw.glob("*/period=*/*.parquet")):
            fix = "请从备份恢复；丢失后人员假名无法与以往对应"
            yield wrong(f"{home.secret.name} 丢失", fix)
        else:
            yield note(f"{home.secret.name} 还没有生成", "首次 jijian run 时自动生成，请随即备份")
    elif stat.S_IMODE(home.secret.stat().st_mode) != 0o600:
        yield wrong(f"{home.secret} 的权限不是 600", f"请运行 chmod 600 {home.secret}")
    else:
        yield good(f"{home.secret.name} 只有本用户可读")


def _current(home: Home) -> Iterator[Line]:
    link = home.releases / "current"
    if not link.is_symlink():
        yield note("还没有发布", "运行 jijian run --period …")
        return
    release = link.resolve()
    parts = ("jijian.duckdb", "manifest.json")
    if lost := [p for p in parts if not (release / p).is_file()]:
        yield wrong(f"当前发布 {release.name} 缺少 {_some(lost)}", "请重新运行 jijian run")
    else:
        yield good(f"当前发布 {release.name}")
