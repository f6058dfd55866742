"""What a resubmission changes, as its receipt tells it: in JSON, in sheets and as lines of text."""

from collections.abc import Iterator
from typing import Any

from expectations.contract import contracts
from expectations.registry import calendar
from orchestration.intake.changes import ADDED, CHANGED, GONE, Change, Changes
from orchestration.intake.decide import Decision

KINDS = {ADDED: "新增行", GONE: "减少行", CHANGED: "改动"}
_APART = ("", "", "")  # below the columns of a receipt in which a unit answers
HEADER = ("变动", "位置", "栏目", "原值", "现值", *_APART, "主键", "报表")
BLANK, HIDDEN = "（空白）", "已改"
FIELDS = ("kind", "sheet", "row", "cell", "column", "label", "key", "is_hidden", "old", "new")
ON_SCREEN = 10  # changes of one file shown where many files scroll by; the receipt has them


def as_json(changes: Changes | None) -> dict[str, Any] | None:
    """The changes of one form; `old` and `new` are null where blank or `is_hidden`."""
    if changes is None:
        return None
    counts = ("against", "added", "gone", "changed", "cells", "unlisted")
    return {
        **{n: getattr(changes, n) for n in counts},
        "listed": [{n: getattr(c, n) for n in FIELDS} for c in changes.listed],
    }


def summary(changes: Changes) -> str:
    """The counts, in words."""
    if changes.is_none:
        return f"与第{changes.against}版相同"
    parts = [
        f"增{changes.added}行" if changes.added else "",
        f"减{changes.gone}行" if changes.gone else "",
        f"改{changes.changed}行（{changes.cells}格）" if changes.changed else "",
    ]
    return f"对照第{changes.against}版：{'，'.join(p for p in parts if p)}"


def heading(decision: Decision) -> list[str]:
    """What stands above the changes: each restated form, and what becomes of it."""
    restated = [(contracts()[f.form].title, f.changes) for f in decision.forms if f.changes]
    if not restated:
        return []
    same = [title for title, changes in restated if changes.is_none]
    lines = [f"{title}　{summary(c)}" for title, c in restated if not c.is_none]
    if same:
        lines.append(f"与已接收的版本相同：{'、'.join(same)}")
    if len(same) < len(restated):
        month = calendar().get(decision.period or "")
        if month and decision.received_at.date() > month.closes_on:
            lines.append("关账后的更正：连同更正原因列入更正记录")
        lines.append("指标从多少变为多少：下次计算后写在本回执旁的 .effect.xlsx 文件中")
    return lines


def rows(decision: Decision) -> Iterator[tuple[Change, tuple[str, ...]]]:
    """Each listed change and its line in the order of `HEADER`."""
    for form in decision.forms:
        for change in form.changes.listed if form.changes else ():
            yield change, _line(change, contracts()[form.form].title)


def unlisted(decision: Decision) -> list[str]:
    """A line that says how much is counted and not listed; none where all is listed."""
    left = sum(f.changes.unlisted for f in decision.forms if f.changes)
    return [f"另有{left}处没有逐一列出，已计入上面的行数和格数"] if left else []


def on_screen(decision: Decision) -> list[str]:
    """A few indented lines for whoever receives; the whole is in the receipt."""
    found = [line for _, line in rows(decision)]
    lines = [
        f"{kind} {where} {key} {f'{label}：' if label else ''}{f'{old} → ' if old else ''}{new}"
        for kind, where, label, old, new, *_, key, _ in found[:ON_SCREEN]
    ]
    left = sum(f.changes.unlisted for f in decision.forms if f.changes) + len(found) - len(lines)
    more = [f"另有{left}处，见回执"] if left else []
    return [f"  {text}" for text in [*heading(decision), *lines, *more]]


def _line(change: Change, title: str) -> tuple[str, ...]:
    where = {ADDED: f"第{change.row}行", GONE: f"原第{change.row}行"}.get(change.kind)
    old, new = (BLANK if v is None else v for v in (change.old, change.new))
    if change.is_hidden:
        old, new = "", HIDDEN
    if change.kind != CHANGED:
        old = new = ""
    place = where or change.cell or f"第{change.row}行"
    texts = (f"{change.sheet} {place}", change.label or "", old, new)
    return (KINDS[change.kind], *texts, *_APART, change.key, title)
