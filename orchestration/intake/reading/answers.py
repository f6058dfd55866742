"""What a unit says to its warnings: the columns 说明 and 补充说明 of the 回执, or a CSV of it.

Each line names its finding by the number that the receipt gave it. What cannot be taken is told
with its cell; the returns beside it are judged as if it were not there.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from expectations.answers import MAX_NOTE, reason_of, reasons
from expectations.finding import WARNING, Finding
from orchestration.intake.reading import privacy
from orchestration.intake.reading.grid import Grid, is_blank, letter, normalised, text_of
from orchestration.intake.reading.numbering import is_number
from orchestration.intake.reading.sheets import is_receipt
from orchestration.intake.reading.submission import Answer

RULE = "P28"
NUMBER, REPLY, NOTE = "编号", "说明", "补充说明"
LABELS = (NUMBER, REPLY, NOTE)
_SEARCHED = 40  # rows in which the labels are looked for
_ONE_OF = f"说明从下拉列表中选一项：{'、'.join(r.words for r in reasons().values())}"
_MENDS = "请改正该格后重报；报表数据已照常接收，不受影响"


def answers_in(grids: Iterable[Grid]) -> tuple[list[Answer], list[Finding]]:
    """The answers in the 回执 of a workbook, and what is wrong with them."""
    told: list[Answer] = []
    found: list[Finding] = []
    for grid in grids:
        if is_receipt(grid):
            answers, findings = read_answers(grid)
            told, found = told + answers, found + findings
    return told, found


def read_answers(grid: Grid) -> tuple[list[Answer], list[Finding]]:
    """The answers of one sheet that has the labels; nothing where it has not."""
    start, columns = _labels(grid)
    if not start:
        return [], []
    rows = range(start + 1, len(grid.rows) + 1)
    written = [(n, columns[label]) for n in rows for label in (REPLY, NOTE)]
    places = [(n, c) for n, c in written if c <= len(grid.rows[n - 1])]
    refused = list(privacy.forbidden_notes(grid, places))
    answers: dict[str, Answer] = {}
    found: list[Finding] = []
    for number in rows:
        values = [_value(grid, number, columns[label]) for label in LABELS]
        if not any(values[1:]):
            continue
        cells = [f"{letter(columns[label])}{number}" for label in LABELS]
        problem = _problem(values, cells, answers)
        if problem:
            found.append(objection(grid.name, number, *problem))
            continue
        reason = reason_of(values[1])
        assert reason
        answers[values[0]] = Answer(
            number=values[0], code=reason.code, note=values[2],
            sheet=grid.name, row=number, cell=cells[0],
        )  # fmt: skip
    return list(answers.values()), refused + found


def objection(sheet: str, row: int, cell: str, message: str, expected: str) -> Finding:
    """P28: an answer that is not taken."""
    return Finding(
        rule=RULE, severity=WARNING, sheet=sheet, row=row, cell=cell, cells=(cell,),
        message=f"{sheet} {cell}：{message}", expected=expected, fix=_MENDS,
    )  # fmt: skip


def _labels(grid: Grid) -> tuple[int, dict[str, int]]:
    """Row of the labels and their columns."""
    for number, row in enumerate(grid.rows[:_SEARCHED], start=1):
        known = {normalised(v): c for c, v in reversed(list(enumerate(row, start=1)))}
        if all(label in known for label in LABELS):
            return number, {label: known[label] for label in LABELS}
    return 0, {}


def _value(grid: Grid, number: int, column: int) -> str:
    row: Sequence[Any] = grid.rows[number - 1]
    value = row[column - 1] if column <= len(row) else None
    text = value if isinstance(value, str) else text_of(value)
    return "" if is_blank(value) else " ".join("".join(filter(_is_shown, text)).split())


def _is_shown(char: str) -> bool:
    return char.isprintable() or char.isspace()


def _problem(
    values: Sequence[str], cells: Sequence[str], taken: dict[str, Answer]
) -> tuple[str, str, str] | None:
    """Cell, what is wrong, what was expected; None where all is well."""
    return next(_problems(values, cells, taken), None)


def _problems(
    values: Sequence[str], cells: Sequence[str], taken: dict[str, Answer]
) -> Iterator[tuple[str, str, str]]:
    number, reply, note = values
    reason = reason_of(reply)
    if not number:
        expected = "只有带编号的警告可以说明；错误须在原表中改正，提示无需说明"
        yield cells[1], "这一行没有编号，说明未采用", expected
    elif not is_number(number):
        yield cells[0], "编号不是回执所给的编号，说明未采用", "编号照回执原样填写"
    elif number in taken:
        yield cells[0], "同一编号说明了两次，只采用前一次", "一个编号说明一次"
    if not reply:
        yield cells[1], "只有补充说明，没有说明，未采用", _ONE_OF
    elif reason is None:
        yield cells[1], "说明不在理由清单中，未采用", _ONE_OF
    if len(note) > MAX_NOTE:
        message = f"补充说明有{len(note)}个字，说明未采用"
        yield cells[2], message, f"补充说明不超过{MAX_NOTE}个字"
    elif reason and reason.needs_note and not note:
        yield cells[2], f"“{reason.words}”须写补充说明，说明未采用", "写明数据为何如此"
