"""Take files in: read, judge the whole batch form by form, decide in the order of receipt."""

import math
import os
import threading
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import chain
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
from orchestration.intake.portions import HandIn, Read, blocks, groups, parts, submissions
from orchestration.intake.reading.ahead import read_all
from orchestration.intake.reading.plain import refused, shown_name
from orchestration.intake.reading.submission import Submission
from orchestration.intake.receipts import desk
from orchestration.intake.staging import ChangedError, Group, finish
from orchestration.intake.versions import Versions
from orchestration.settings import Home

__all__ = ["HandIn", "files_under", "is_returned", "judge", "receive"]

FINDINGS = 25_000  # held at once, but for those of one submission


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
            home.staged.mkdir(parents=True, exist_ok=True)
            there = [h for h in hand_ins if _is_there(home, h.path)]
            if there:  # the validator's import takes as long as reading hundreds of files
                threading.Thread(target=suites.load).start()
            whole = submissions(there)
            with closing(_read(home, whole)) as read, desk.opened(home, len(there)) as receipts:
                for block, judged in chain.from_iterable(map(_judged, blocks(whole, read))):
                    yield from _receive(home, engine, receipts, block, judged, changed)
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
    block: Sequence[Sequence[Read]],
    judged: Sequence[Sequence[Finding]],
    changed: list[str],
) -> Iterator[Decision]:
    """What was changed meanwhile stays where it is, and is named in `changed`."""
    of_file = iter(judged)
    with engine.connect() as db:
        versions = Versions(home, db, _subs(block))
    for together in groups(block):
        group = Group(home)
        with engine.begin() as db:
            decided = []
            for hand_in, sub in together:
                found = next(of_file)
                try:
                    took = _take(home, db, group, receipts, hand_in, sub, found, versions)
                    decided.append(took)
                except ChangedError as error:
                    changed.append(str(error))
            group.add_receipts(receipts.take())
            group.settle()
        group.publish()
        yield from decided


def _is_there(home: Home, path: Path) -> bool:
    """Not taken out of the inbox by another process meanwhile."""
    return os.path.lexists(path) or not _is_in_inbox(home, path)


def _read(home: Home, whole: Iterable[Sequence[HandIn]]) -> Generator[Submission]:
    """What each file says; what is no plain file is refused without being opened."""
    ordered = list(chain.from_iterable(whole))
    told = [refused(h.path, in_inbox=_is_in_inbox(home, h.path)) for h in ordered]
    plain = [h for h, refusal in zip(ordered, told, strict=True) if refusal is None]
    paths, moments = [h.path for h in plain], [h.received_at for h in plain]
    with closing(read_all(paths, moments, aside=home.staged)) as read:
        for refusal in told:
            yield next(read) if refusal is None else refusal


def _judged(
    block: Sequence[Sequence[Read]],
) -> Iterator[tuple[Sequence[Sequence[Read]], list[list[Finding]]]]:
    """The block with its findings; where there are very many, half by half."""
    try:
        found = judge(_subs(block), most=FINDINGS if len(block) > 1 else math.inf)
    except suites.ManyError:  # what it holds is let go of before the halves are judged
        found = []
    if found:
        yield block, found
    else:
        middle = len(block) // 2
        yield from _judged(block[:middle])
        yield from _judged(block[middle:])


def _subs(block: Sequence[Sequence[Read]]) -> list[Submission]:
    return [sub for part in block for _, sub in part]


def judge(subs: Sequence[Submission], most: float = math.inf) -> list[list[Finding]]:
    """Findings of the suites per file; each form is judged for many files at once.

    Raises:
        ManyError: there are more than about so many.
    """
    found: list[list[Finding]] = [[] for _ in subs]
    of_form: dict[str, list[suites.Sheet]] = {form: [] for form in contracts()}
    for index, sub in enumerate(subs):
        for form, sheet in _sheets(index, sub):
            of_form[form].append(sheet)
    for form, contract in contracts().items():
        for part in parts(of_form[form]):
            left = most - sum(map(len, found))
            for index, of_file in suites.validate(contract, part, most=left).items():
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
