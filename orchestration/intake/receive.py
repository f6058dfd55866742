"""Take files in: read, judge the whole batch form by form, decide in the order of receipt."""

import os
import threading
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from itertools import islice
from pathlib import Path

import sqlalchemy as sa

from expectations import suites
from expectations.contract import contracts
from expectations.finding import Finding
from expectations.registry import calendar, units_on
from orchestration.intake import register
from orchestration.intake.decide import ACCEPTED, Decision, decide
from orchestration.intake.entry import enter
from orchestration.intake.files import files_in
from orchestration.intake.history import history, names_entered
from orchestration.intake.portions import HandIn, blocks, parts
from orchestration.intake.reading.ahead import read_all
from orchestration.intake.reading.plain import refused, shown_name
from orchestration.intake.reading.submission import Submission
from orchestration.intake.receipts import desk
from orchestration.intake.staging import ChangedError, Group, finish
from orchestration.intake.versions import Versions
from orchestration.settings import Home

__all__ = ["HandIn", "files_under", "is_returned", "judge", "receive"]

GROUP = 64  # files taken together: one wait for the disk and one transaction


def files_under(paths: Iterable[Path]) -> list[Path]:
    """What is named and what lies in the folders named, without hidden and lock files.

    Links, pipes and the like are among it, so that each gets its receipt.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(p for p in files_in(path) if not p.name.startswith((".", "~$")))
        elif os.path.lexists(path):
            found.append(path)
        else:
            raise FileNotFoundError(f"{path} 不存在")
    return found


def receive(home: Home, hand_ins: Iterable[HandIn], *, wait: bool = True) -> Iterator[Decision]:
    """Accept or return each file; its receipt is on disk when its decision is yielded.

    One process receives at a time: a second one waits, and leaves alone what the first has
    taken out of the inbox meanwhile.

    Raises:
        BusyError: another process is receiving and `wait` is False.
        RuntimeError: a file was changed while it was read, or cannot be opened; it stays, the
            others are received.
    """
    changed: list[str] = []
    with register.receiving(home, wait=wait):
        engine = register.open_register(home)
        try:
            with engine.begin() as db:
                finish(home, db)
            ordered = [h for h in sorted(hand_ins, key=_moment) if _is_there(home, h.path)]
            if ordered:  # the validator's import takes as long as reading hundreds of files
                threading.Thread(target=suites.load).start()
            with closing(_read(home, ordered)) as read, desk.opened(len(ordered)) as receipts:
                for block in blocks(ordered):
                    subs = list(islice(read, len(block)))
                    yield from _receive(home, engine, receipts, block, subs, changed)
        finally:
            engine.dispose()
    if changed:
        raise RuntimeError(
            f"打不开或读取时被改动，未接收，请核对文件权限后重新接收：{'、'.join(changed)}"
        )


def _receive(
    home: Home,
    engine: sa.Engine,
    receipts: desk.Desk,
    batch: Sequence[HandIn],
    subs: Sequence[Submission],
    changed: list[str],
) -> Iterator[Decision]:
    """What was changed meanwhile stays where it is, and is named in `changed`."""
    judged = judge(subs)
    with engine.connect() as db:
        versions = Versions(home, db, subs)
    order = sorted(
        range(len(batch)),
        key=lambda i: (batch[i].received_at, batch[i].path.name, subs[i].sha256),
    )
    for start in range(0, len(order), GROUP):
        group = Group(home)
        with engine.begin() as db:
            decided = []
            for i in order[start : start + GROUP]:
                try:
                    took = _take(home, db, group, receipts, batch[i], subs[i], judged[i], versions)
                    decided.append(took)
                except ChangedError as error:
                    changed.append(str(error))
            group.add_receipts(receipts.take())
            group.settle()
        group.publish()
        yield from decided


def _moment(hand_in: HandIn) -> tuple[datetime, str]:
    return hand_in.received_at, hand_in.path.name


def _is_there(home: Home, path: Path) -> bool:
    """Not taken out of the inbox by another process meanwhile."""
    return os.path.lexists(path) or not _is_in_inbox(home, path)


def _read(home: Home, ordered: Sequence[HandIn]) -> Generator[Submission]:
    """What each file says; what is no plain file is refused without being opened."""
    told = [refused(h.path, in_inbox=_is_in_inbox(home, h.path)) for h in ordered]
    plain = [h for h, refusal in zip(ordered, told, strict=True) if refusal is None]
    read = read_all([h.path for h in plain], [h.received_at for h in plain])
    with closing(read):
        for refusal in told:
            yield next(read) if refusal is None else refusal


def judge(subs: Sequence[Submission]) -> list[list[Finding]]:
    """Findings of the suites per file; each form is judged for many files at once."""
    found: list[list[Finding]] = [[] for _ in subs]
    of_form: dict[str, list[suites.Sheet]] = {form: [] for form in contracts()}
    for index, sub in enumerate(subs):
        for form, sheet in _sheets(index, sub):
            of_form[form].append(sheet)
    for form, contract in contracts().items():
        for part in parts(of_form[form]):
            for index, of_file in suites.validate(contract, part).items():
                found[index] += of_file
    return found


def _sheets(index: int, sub: Submission) -> Iterator[tuple[str, suites.Sheet]]:
    """The forms with rows of a file that says whose and of which month it is."""
    month = calendar().get(sub.period or "")
    unit = units_on(month.ends_on).get(sub.unit_code or "") if month else None
    for sheet in sub.forms:
        if month and unit and sheet.table.num_rows:
            rows = suites.Sheet(
                index=index,
                unit_code=unit.unit_code,
                unit_type_code=unit.unit_type_code,
                period=month,
                sheet=sheet.sheet,
                columns=sheet.columns,
                table=sheet.table,
            )
            yield sheet.form, rows


def _take(
    home: Home,
    db: sa.Connection,
    group: Group,
    receipts: desk.Desk,
    hand_in: HandIn,
    sub: Submission,
    judged: Sequence[Finding],
    versions: Versions,
) -> Decision:
    """Decide on one file, draft its original and ask for its receipt, once for each hand-in."""
    path = hand_in.path
    entered = names_entered(db, sub.sha256, hand_in.received_at)
    past = history(db, sub.sha256, sub.unit_code, sub.period)
    changes = {} if past.is_known else versions.changes(sub, past.accepted)
    decision = decide(db, past, sub, shown_name(path), hand_in.received_at, judged, changes)
    if decision.is_kept:
        group.keep(path, sub.sha256)
    if decision.name not in entered:
        enter(db, decision)
        receipts.ask(path, sub, decision, nth=len(entered))
    if _is_in_inbox(home, path):
        group.let_go(path)
    return decision


def _is_in_inbox(home: Home, path: Path) -> bool:
    # where the name lies, not where a link of that name leads
    return (path.parent.resolve() / path.name).is_relative_to(home.inbox.resolve())


def is_returned(decision: Decision) -> bool:
    """Whether anything of the file was returned."""
    return decision.outcome not in (ACCEPTED, "ignored")
