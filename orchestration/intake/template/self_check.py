"""Formulas on the cover that tell a unit what does not fit before it sends the workbook.

They stand right of what the reader reads (returns §1.1), count what lies on the sheets of the
forms, and compare: the rows with the number given, and 期末未结 with 上期未结 + 本期新增 −
本期办结. Every formula carries the value it has in the workbook as written, since some programs
show that one until a cell changes. No macro, no array formula, no function newer than Excel 2007.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlglot
from sqlglot import exp
from xlsxwriter.utility import xl_col_to_name

from expectations.contract import Column, Contract
from expectations.registry import Period, codes
from orchestration.intake.reading.form import NOTES, SIGNED, TOTALS
from orchestration.intake.template.carry import Carried

FIRST_ROW, LAST_ROW = 4, 5000  # as in Excel: rows that dropdowns and formulas reach
HEADER = ("表中行数", "必填空格", "上期未结", "本期新增", "本期办结", "期末未结", "自查结果")
FITS, WAITING = "相符", "待填"


@dataclass(frozen=True, kw_only=True)
class Line:
    """The formulas of one form's line in the order of `HEADER`, with the values they have now.

    None is a cell left for the unit: what was open last time, where nothing is known of it.
    """

    cells: tuple[tuple[str, Any] | None, ...]

    @property
    def fits(self) -> bool:
        """Whether the line has nothing to mend as the workbook is written."""
        return self.cells[-1] is not None and self.cells[-1][1] == FITS


def has_balance(contract: Contract) -> bool:
    """Whether rows of the form are open for a time: they leave by another date than they enter."""
    return bool(contract.leaves_by) and contract.leaves_by != "stat_on"


def line(
    contract: Contract, period: Period, row: int, count: int, blanks: int, last: Carried | None
) -> Line:
    """The line on row `row` of the cover of a form with `count` rows, `blanks` of them wanting."""
    here = {"rows": f"$D{row}", "blank": f"$E{row}", "last": f"$F{row}"}
    balance: tuple[tuple[str, Any] | None, ...] = (("", ""),) * 4
    if has_balance(contract):
        since = last.since if last else period.starts_on
        after = period.ends_on + timedelta(days=1)
        entered = _sum(_before(contract, _first(contract), since))
        left = sqlglot.parse_one(contract.leaves_by or "", dialect="duckdb")
        gone, before = _sum(_before(contract, left, after)), _sum(_before(contract, left, since))
        leaving, open_now = (last.leaving_count, last.open_count) if last else (0, 0)
        balance = (
            (str(open_now), open_now) if last else None,
            (f"={here['rows']}-{entered}", 0),
            (f"={gone}-{before}", leaving),
            (f"={here['rows']}-{gone}", open_now - leaving),
        )
    way = f"TRIM($B{row})"
    verdict = _now(count, blanks)
    return Line(
        cells=(
            (f"=SUMPRODUCT({_kept(contract)})", count),
            (f"=SUMPRODUCT({_kept(contract)}*({_blank(contract)}))", blanks),
            *balance,
            (f"={_verdict(contract, way, row)}", verdict),
        )
    )


def _now(count: int, blanks: int) -> str:
    if not count:
        return f"{WAITING}：请选报送方式"
    return f"还有 {blanks} 个必填格空着" if blanks else FITS


def blanks_in(contract: Contract, last: Carried | None) -> int:
    """Required cells without a value in the rows carried."""
    rows = last.rows if last else None
    return sum(rows[c.name].null_count for c in contract.columns if c.required) if rows else 0


def _verdict(contract: Contract, way: str, row: int) -> str:
    rows, blank = f"$D{row}", f"$E{row}"
    nil = f'"{FITS}"'
    if has_balance(contract):
        nil = f'IF(N($F{row})>0,"选了零报告，但上期还有 "&$F{row}&" 行未结",{nil})'
    nil = f'IF({rows}>0,"选了零报告，但表中有 "&{rows}&" 行",{nil})'
    steps = {
        f"ISERROR({rows}+{blank})": '"表中有 #N/A 等错误值，请改正"',
        f'{way}=""': f'IF({rows}=0,"{WAITING}：请选报送方式","表中有 "&{rows}&" 行，请选报送方式")',
        f'{way}="零报告"': nil,
        f"{rows}=0": '"选了有数据，但表中没有行"',
        f'TRIM($C{row})<>{rows}&""': f'"行数应为 "&{rows}',
        f"{blank}>0": f'"还有 "&{blank}&" 个必填格空着"',
    }
    end = _balanced(contract, row) if has_balance(contract) else f'"{FITS}"'
    for test, told in reversed(steps.items()):
        end = f"IF({test},{told},{end})"
    return end


def _balanced(contract: Contract, row: int) -> str:
    due = f"$F{row}+$G{row}-$H{row}"
    texts = "+".join(f"SUMPRODUCT(--ISTEXT({_span(contract, c)}))" for c in _dates(contract))
    fewer = f'"未结少 "&{due}-$I{row}&" 行：上期未结的漏列了，或日期有误"'
    more = f'"未结多 "&$I{row}-({due})&" 行：有以前的事项补列，请核对日期（转入的除外）"'
    return (
        f'IF(NOT(ISNUMBER($F{row})),"{FITS}",IF({texts}>0,"有日期写成了文本，未能核对结转",'
        f'IF($I{row}={due},"{FITS}",IF($I{row}<{due},{fewer},{more}))))'
    )


def _first(contract: Contract) -> exp.Expr:
    """The date by which a row is first stated (returns §2.1)."""
    dates = [c.name for c in contract.columns if c.type == "date"]
    return exp.column("stat_on" if "stat_on" in dates else dates[0])


def _dates(contract: Contract) -> list[Column]:
    """The columns that the balance is made from."""
    left = sqlglot.parse_one(contract.leaves_by or "", dialect="duckdb")
    found: dict[str, Column] = {}
    todo = [x.name for node in (_first(contract), left) for x in node.find_all(exp.Column)]
    for name in todo:
        column = contract.column(name)
        if column.type == "date":
            found[name] = column
            if column.stat_of:
                tree = sqlglot.parse_one(column.stat_of, dialect="duckdb")
                todo += [x.name for x in tree.find_all(exp.Column)]
    return list(found.values())


def _span(contract: Contract, column: Column) -> str:
    place = xl_col_to_name(contract.names.index(column.name))
    return f"'{contract.title}'!${place}${FIRST_ROW}:${place}${LAST_ROW}"


def _sum(condition: str) -> str:
    return f"SUMPRODUCT(1*({condition}))"


def _kept(contract: Contract) -> str:
    """1 for every row with a value that is neither a total nor a footnote."""
    first = f'SUBSTITUTE({_span(contract, contract.columns[0])}," ","")'
    words = sorted({w[:2] for w in (*TOTALS, *NOTES, *SIGNED)})
    tests = []
    for size in (1, 2):
        listed = ",".join(f'"{w}"' for w in words if len(w) == size)
        tests.append(f"ISNA(MATCH(LEFT({first},{size}),{{{listed}}},0))")
    filled = "&".join(_span(contract, c) for c in contract.columns)
    return "*".join([f'(TRIM({filled})<>"")', *tests])


def _blank(contract: Contract) -> str:
    return "+".join(f'({_span(contract, c)}="")' for c in contract.columns if c.required)


def _before(contract: Contract, node: exp.Expr, day: date) -> str:
    """1 where the date of that SQL lies before the day, 0 where it does not or is null."""
    if isinstance(node, exp.Least):
        parts = [_before(contract, x, day) for x in (node.this, *node.expressions)]
        return f"(({'+'.join(parts)})>0)"
    if isinstance(node, exp.Case):
        (branch,) = node.args["ifs"]
        then = _before(contract, branch.args["true"], day)
        test, other = _holds(contract, branch.this), node.args.get("default")
        return f"({test}*{then})" if other is None else (
            f"({test}*{then}+(1-{test})*{_before(contract, other, day)})"
        )  # fmt: skip
    column = contract.column(node.name)
    span = _span(contract, column)
    stated = f'({span}<>"")*({span}<DATE({day.year},{day.month},{day.day}))'
    if not column.stat_of:
        return f"({stated})"
    event = _before(contract, sqlglot.parse_one(column.stat_of, dialect="duckdb"), day)
    return f'({stated}+({span}="")*{event})'


def _holds(contract: Contract, node: exp.Expr) -> str:
    """1 where a condition on codes holds; a code may stand there by its label."""
    if isinstance(node, exp.Or):
        return f"(({_holds(contract, node.left)}+{_holds(contract, node.right)})>0)"
    values = node.expressions if isinstance(node, exp.In) else [node.expression]
    column = contract.column(node.this.name)
    wanted = [v.this for v in values]
    labels = [c.label for c in codes(column.code_list or "") if c.code in wanted]
    text = f'({_span(contract, column)}&"")'
    hits = "+".join(f'({text}="{w}")' for w in (*labels, *wanted))
    return f"(({hits})>0)"


def of_labels(rows: Mapping[str, int]) -> dict[str, tuple[str, str]]:
    """What the cover says beside its own labels, by label, given their rows; and its value now."""
    maker, checker = (f"$B{rows[x]}" for x in ("填报人", "审核人"))
    same = f'IF(TRIM({checker})=TRIM({maker}),"应与填报人不是同一人","")'
    return {
        "填报人": (f'=IF(TRIM({maker})="","{WAITING}","")', WAITING),
        "审核人": (f'=IF(TRIM({checker})="","{WAITING}",{same})', WAITING),
        "报送日期": (f'=IF(TRIM($B{rows["报送日期"]})="","{WAITING}","")', WAITING),
    }
