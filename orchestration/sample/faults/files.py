"""Faults of files as such: each spoils a sound return of one unit, at a place that is known."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from expectations import registry
from expectations.contract import contracts
from expectations.finding import ERROR, INFO, WARNING
from orchestration.intake.reading.answers import NOTE, NUMBER, REPLY
from orchestration.intake.reading.grid import letter
from orchestration.intake.reading.sheets import RECEIPT, RECEIPT_TITLE
from orchestration.sample.faults.draft import COVER, FIRST, META, Draft, Formula, Page, add_form
from orchestration.sample.faults.rows import Numbers

FORM = "rectifications"
TITLE = contracts()[FORM].title
ROWS = 3
LAST_ROW = FIRST + ROWS - 1
IDENTITY = "1" * 8 + "190001010X"  # nobody's: no place has that number, the day is too early
TELEPHONE = "13" + "0" * 9
Spoil = Callable[[Draft], None]


@dataclass(frozen=True)
class FileFault:
    """What is done to a return, which rule objects, how, and where."""

    rule: str
    severity: str
    spoil: Spoil
    sheet: str = ""
    cell: str = ""
    form: str = ""
    follows: tuple[str, ...] = ()
    unit: str = ""


def page_of(made: Draft) -> Page:
    """The sheet that is spoiled."""
    return made.page(FORM)


def _cover(label: str, value: str) -> Spoil:
    return lambda made: made.cover.update({label: value})


def _put(row: int, column: int, value: object) -> Spoil:
    def spoil(made: Draft) -> None:
        line = page_of(made).lines[row - 1]
        line += [None] * (column - len(line))
        line[column - 1] = value

    return spoil


def _line(*values: object) -> Spoil:
    return lambda made: page_of(made).lines.append(list(values))


def _listed(kind: str, count: int) -> Spoil:
    def spoil(made: Draft) -> None:
        made.listed[0][1:] = [kind, count]

    return spoil


def _without(label: str) -> Spoil:
    def spoil(made: Draft) -> None:
        page = page_of(made)
        place = [str(v).rstrip("*") for v in page.labels].index(label)
        for line in page.lines[FIRST - 2 :]:
            del line[place]

    return spoil


def no_rows(made: Draft) -> None:
    """A sheet with its labels alone."""
    del page_of(made).lines[FIRST - 1 :]
    made.listed[0][2] = 0


def _second_sheet(made: Draft) -> None:
    made.pages.append(Page(FORM, page_of(made).lines))


def _not_owed(made: Draft) -> None:
    unit = registry.units_on(registry.calendar()[made.period].ends_on)[made.unit_code]
    register = contracts()["lead_register"]
    numbers = Numbers(register, unit.unit_code, registry.calendar()[made.period])
    add_form(made, register, numbers.sound())


def _other_sheet(made: Draft) -> None:
    made.pages.append(Page("草稿", [["本单位自用"]]))


def _answered(made: Draft) -> None:
    lines = [[RECEIPT_TITLE], [REPLY, NOTE, NUMBER], ["属实", "", "回执上没有的"]]
    made.pages.append(Page(RECEIPT, lines))


def _names_sheet(made: Draft) -> None:
    made.pages.append(Page("草稿", [["姓名"]]))


def _hidden(made: Draft) -> None:
    page_of(made).hidden.append(FIRST)


def _merged(made: Draft) -> None:
    page = page_of(made)
    column = contracts()[FORM].names.index("field_code") + 1
    page.merged.append((FIRST, column, FIRST + 1, column))
    page.lines[FIRST - 1][column - 1] = "生态环境"


def _comment(made: Draft) -> None:
    page_of(made).comments.append((FIRST, 1, f"联系 {TELEPHONE}"))


def _no_cover(made: Draft) -> None:
    made.has_cover = False


def _no_labels(made: Draft) -> None:
    page_of(made).lines[FIRST - 2] = ["甲", "乙", "丙"]


def _chinese_number(made: Draft) -> None:
    leads = contracts()["leads"]
    numbers = Numbers(leads, made.unit_code, registry.calendar()[made.period])
    page = add_form(made, leads, numbers.sound())
    page.lines[FIRST - 1][leads.names.index("person_no")] = "某某"


def cell_of(column: str, row: int = FIRST) -> str:
    """The address of a column's cell, of the first row if no other is asked for."""
    return f"{letter(contracts()[FORM].names.index(column) + 1)}{row}"


def column_of(column: str) -> int:
    """The place of a column, from 1."""
    return contracts()[FORM].names.index(column) + 1


WIDTH = len(contracts()[FORM].columns)
BESIDE = letter(WIDTH + 1)  # the first column that is no column of the form
BELOW = LAST_ROW + 1
ORG, FOUND = "responsible_org", "found_on"
REGISTER, LEADS = (contracts()[f].title for f in ("lead_register", "leads"))


def _file(rule: str, spoil: Spoil, sheet: str = "", cell: str = "", **more: Any) -> FileFault:
    return FileFault(rule=rule, severity=ERROR, spoil=spoil, sheet=sheet, cell=cell, **more)


def on_form(rule: str, severity: str, spoil: Spoil, cell: str = "", **more: Any) -> FileFault:
    """A fault of the one form, or of another that is named."""
    more = {"sheet": TITLE, "form": FORM} | more
    return FileFault(rule=rule, severity=severity, spoil=spoil, cell=cell, **more)


FILE_FAULTS = (
    _file("P01", _no_cover),
    _file("P01", _cover("填报单位代码", "TWN99"), COVER),
    _file("P01", _cover("报告期", "2023年13月"), COVER),
    _file("P01", _cover("填报单位", "第一纪检监察室"), COVER),
    _file("P01", _cover("审核人", ""), COVER),
    _file("P01", lambda made: made.meta.update(unit_code="OFF01"), META),
    on_form("P02", ERROR, _second_sheet),
    on_form("P03", ERROR, lambda made: made.pages.clear()),
    on_form("P04", ERROR, lambda made: made.listed.clear()),
    on_form("P05", ERROR, _not_owed, sheet=REGISTER, form="lead_register"),
    on_form("P06", ERROR, _no_labels),
    on_form("P07", ERROR, _put(FIRST - 1, WIDTH + 1, "整改状态"), f"{BESIDE}{FIRST - 1}"),
    on_form("P08", ERROR, _without("整改状态")),
    on_form("P09", ERROR, _listed("有数据", ROWS + 1)),
    on_form("P10", ERROR, no_rows),
    on_form("P11", ERROR, _listed("零报告", 0)),
    FileFault("P12", WARNING, lambda made: made.meta.update(contract_version="0"), META),
    FileFault("P13", WARNING, _other_sheet, "草稿"),
    on_form("P14", INFO, _without("审核认定日期")),
    on_form(
        "P15", WARNING, _put(FIRST - 1, WIDTH + 1, "本单位编号"), f"{BESIDE}{FIRST - 1}"
    ),
    on_form("P16", WARNING, _hidden),
    on_form("P17", WARNING, _line("合计", ROWS), f"A{BELOW}"),
    on_form("P18", INFO, _line("注：本表由填报单位核对后报送"), f"A{BELOW}"),
    on_form("P19", WARNING, _merged),
    FileFault(
        "P25", WARNING, _cover("填报单位", "驻区教育局纪检监察组"), COVER, unit="DIS01"
    ),
    FileFault("P26", WARNING, _cover("审核人", "填报甲"), COVER),
    FileFault("P28", WARNING, _answered, RECEIPT, "C3"),
    on_form("G02", ERROR, _put(FIRST, column_of(FOUND), Formula("=NA()", "#N/A")), cell_of(FOUND)),
    on_form("G02", ERROR, _put(FIRST, column_of(FOUND), Formula("=TODAY()")), cell_of(FOUND)),
    on_form(
        "G12", ERROR, _put(FIRST - 1, WIDTH + 1, "被反映人姓名"), f"{BESIDE}{FIRST - 1}",
        follows=("P15",),
    ),
    _file("G12", _names_sheet, "草稿", "A1", follows=("P13",)),
    on_form("G13", ERROR, _put(FIRST, column_of(ORG), f"水务局 {TELEPHONE}"), cell_of(ORG)),
    on_form("G13", ERROR, _put(FIRST, column_of(ORG), IDENTITY), cell_of(ORG)),
    on_form("G13", ERROR, _comment, f"A{FIRST}"),
    on_form("G13", ERROR, _chinese_number, f"B{FIRST}", sheet=LEADS, form="leads"),
)  # fmt: skip
