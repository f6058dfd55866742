"""The sheets of one file against its cover: forms read, other sheets only looked through."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from expectations import registry
from expectations.contract import Contract, contracts
from expectations.finding import Finding
from orchestration.intake.reading import privacy
from orchestration.intake.reading.cover import Cover, Listed, form_ids
from orchestration.intake.reading.form import Found, locate
from orchestration.intake.reading.grid import Grid, letter, normalised
from orchestration.intake.reading.submission import FormSheet, file_error
from orchestration.intake.reading.table import no_rows, typed

MAX_ROWS = 8_000  # of one file, all its forms together; a unit has some hundreds
COVER, META = "封面", "_meta"
RECEIPT = "回执"
RECEIPT_TITLE = "回执（系统生成，重报时不必删除）"


def objection(contract: Contract, rule: str, sheet: str, message: str, fix: str) -> Finding:
    """An error about one form as a whole."""
    return Finding(
        rule=rule, severity="error", message=message, fix=fix, form=contract.form, sheet=sheet
    )


def empty(contract: Contract, sheet: str, nil: bool, *findings: Finding) -> FormSheet:
    """A form of which nothing is read."""
    return FormSheet(
        form=contract.form, sheet=sheet, nil=nil, columns={}, header_row=0,
        table=no_rows(contract.form), findings=findings,
    )  # fmt: skip


@cache
def _id_patterns(form: str) -> dict[str, re.Pattern[str]]:
    columns = contracts()[form].columns
    return {c.name: re.compile(c.pattern) for c in columns if c.type == "id" and c.pattern}


@cache
def _code_labels() -> frozenset[str]:
    lists = {c.code_list for f in contracts().values() for c in f.columns} - {None, "unit"}
    return frozenset(c.label for name in lists for c in registry.codes(name or ""))


def read_forms(grids: Sequence[Grid], cover: Cover) -> tuple[list[FormSheet], list[Finding]]:
    """Every form on the sheets or on the cover, and the findings about the file."""
    ids = form_ids()
    of_form: dict[str, list[Grid]] = {}
    findings: list[Finding] = []
    rows = 0
    for grid in grids:
        if form := ids.get(grid.key):
            of_form.setdefault(form, []).append(grid)
        else:
            findings += other_sheet(grid)
    there = {grid.key for grid in grids}
    findings += unknown_lines([t for t in cover.unknown if normalised(t) not in there])
    forms = []
    for form, contract in contracts().items():
        listed = cover.listed.get(form)
        if form in of_form or listed:
            sheet, refused = read_form(contract, of_form.get(form, []), listed, cover)
            findings += refused
            forms += [sheet] if sheet else []
            rows += sheet.table.num_rows if sheet else 0
    if rows > MAX_ROWS:
        forms = [replace(s, table=no_rows(s.form), findings=()) for s in forms]
        findings = [*(f for f in findings if f != _too_many()), _too_many()]
    return forms, findings


def _too_many() -> Finding:
    """P01 of more rows than any unit has: they are not of one unit and month."""
    return file_error(
        f"数据超过 {MAX_ROWS:,} 行(一个文件的各报表合计),没有读取",
        "请删除重复的、往年的或其他单位的数据后重新报送;确有这么多的,请联系案管室",
    )


def unknown_lines(titles: Iterable[str]) -> list[Finding]:
    """P13 for lines of the cover that name no declared form and have no sheet."""
    return [
        Finding(
            rule="P13", severity="warning", sheet=COVER, fix="无需处理;如系笔误请改正",
            message=f"封面所列报表“{privacy.masked(title)}”不在已声明的报表之列,未读取",
        )
        for title in titles
    ]  # fmt: skip


def other_sheet(grid: Grid) -> Iterable[Finding]:
    """Privacy of a sheet that is no form, and P13 for one that nobody knows."""
    if grid.key not in (COVER, META):
        if not is_receipt(grid):
            yield Finding(
                rule="P13", severity="warning", sheet=grid.name,
                message=f"工作表“{grid.name[:31]}”不是已声明的报表,未读取",
                fix="如不需要请删除该工作表",
            )  # fmt: skip
        yield from privacy.forbidden_labels(grid, range(1, min(10, len(grid.rows)) + 1))
    yield from privacy.forbidden_values(grid, {})


def is_receipt(grid: Grid) -> bool:
    """The 回执 of a marked workbook, which comes back with the file."""
    return grid.key == RECEIPT and [v for row in grid.rows[:1] for v in row[:1]] == [RECEIPT_TITLE]


def read_form(
    contract: Contract, grids: Sequence[Grid], listed: Listed | None, cover: Cover
) -> tuple[FormSheet | None, list[Finding]]:
    """One form (None where an unlisted sheet holds nothing) and what returns the file."""
    nil = bool(listed and listed.nil)
    owed = _not_owed(contract, cover, grids[0].name if grids else contract.title)
    if not grids:
        missing = () if nil else _missing(contract)
        return empty(contract, contract.title, nil, *owed, *missing), []
    if len(grids) > 1:
        refused = [f for grid in grids for f in _look(contract, grid, locate(contract, grid))[1]]
        names = "、".join(g.name for g in grids)
        twice = objection(
            contract, "P02", grids[0].name, f"同一报表有多张工作表:{names}", "请只保留一张"
        )
        return empty(contract, grids[0].name, nil, *owed, twice), refused
    grid = grids[0]
    found = locate(contract, grid)
    cells, refused = _look(contract, grid, found)
    may_be_idle = nil or not (listed or (cover.absent and grid.from_csv))
    if may_be_idle and _holds_nothing(grid, found):
        return (empty(contract, grid.name, True, *owed) if nil else None), refused
    if len(found.rows) > MAX_ROWS:
        return empty(contract, grid.name, nil, *owed), [*refused, _too_many()]
    table, unreadable = typed(contract, grid, found, cells)
    findings = [
        *owed,
        *found.findings,
        *_control(contract, grid, found, listed, cover),
        *unreadable,
    ]
    letters = {name: letter(n) for name, n in found.columns.items()}
    sheet = FormSheet(
        form=contract.form, sheet=grid.name, nil=nil, columns=letters,
        header_row=found.header_row, table=table, findings=tuple(findings),
    )  # fmt: skip
    return sheet, refused


def _holds_nothing(grid: Grid, found: Found) -> bool:
    if found.header_row:
        return not found.rows
    return not any(v not in ("", None) for row in grid.rows[2:] for v in row)


def _missing(contract: Contract) -> tuple[Finding, ...]:
    message = f"封面列为有数据,但没有“{contract.title}”工作表"
    return (objection(contract, "P03", contract.title, message, "请补上工作表或改报零报告"),)


def _not_owed(contract: Contract, cover: Cover, sheet: str) -> tuple[Finding, ...]:
    if not (cover.unit_code and cover.period):
        return ()
    day: date = registry.calendar()[cover.period].ends_on
    unit = registry.units_on(day).get(cover.unit_code)
    if unit is None or contract.is_owed(unit.unit_type_code, day):
        return ()
    message = f"本单位本期不报“{contract.title}”"
    return (objection(contract, "P05", sheet, message, "请从封面和工作簿中删除该报表"),)


def _control(
    contract: Contract, grid: Grid, found: Found, listed: Listed | None, cover: Cover
) -> Iterable[Finding]:
    """P04 and P09 to P11; a sheet whose rows cannot be told is not counted."""
    title, rows = contract.title, len(found.rows)
    if cover.absent:
        if grid.from_csv and found.header_row and not rows:
            yield objection(contract, "P10", grid.name, f"“{title}”是空表", "请以封面报零报告")
    elif listed is None:
        if contract.form in cover.unclear:
            return  # told already
        yield objection(
            contract, "P04", grid.name, f"“{title}”有数据但封面未列", "请在封面报表清单中补列"
        )
    elif not found.header_row:
        return
    elif listed.nil:
        yield objection(
            contract, "P11", grid.name, f"“{title}”为零报告但有 {rows} 行", "请改为有数据或清空"
        )
    elif not rows:
        yield objection(contract, "P10", grid.name, f"“{title}”列为有数据但是空表", "请改报零报告")
    elif listed.trouble:
        yield _uncounted(contract, listed)
    elif listed.count != rows:
        yield objection(
            contract, "P09", grid.name, f"“{title}”封面行数与实际 {rows} 行不符", "请核对后改正行数"
        )


def _uncounted(contract: Contract, listed: Listed) -> Finding:
    """P09 at the cell of the cover whose number of rows cannot be read."""
    place = listed.place
    message = f"封面“{contract.title}”的行数({place}){listed.trouble}"
    told = objection(contract, "P09", COVER, message, "请在封面直接填写该表的数据行数")
    return replace(told, row=int(place[1:]), cell=place, cells=(place,)) if place else told


def _look(
    contract: Contract, grid: Grid, found: Found
) -> tuple[set[tuple[int, int]], list[Finding]]:
    """The cells refused for privacy, and their findings."""
    names = found.columns
    patterns = _id_patterns(contract.form)
    ids = {names[n]: p for n, p in patterns.items() if n in names}
    if found.header_row:
        told = list(privacy.forbidden_labels(grid, [found.header_row]))
    else:
        head = range(1, min(10, len(grid.rows)) + 1)
        told = list(privacy.forbidden_labels(grid, head, _code_labels()))
    cells: set[tuple[int, int]] = set()
    values = list(privacy.forbidden_values(grid, ids))
    if "person_no" in names:
        values += privacy.chinese_person_numbers(grid, names["person_no"], found.rows)
    by_letter = {letter(place): place for place in names.values()}
    for finding in values:
        column = _column_of(finding)
        if finding.row and column in by_letter:
            cells.add((finding.row, by_letter[column]))
    columns = {place: name for name, place in found.columns.items()}
    named = [
        replace(f, form=contract.form, column=columns.get(by_letter.get(_column_of(f), 0)))
        for f in told + values
    ]
    return cells, named


def _column_of(finding: Finding) -> str:
    return (finding.cell or "").rstrip("0123456789")
