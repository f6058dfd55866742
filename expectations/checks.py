"""The boolean checks of a form as DuckDB expressions over one row (returns §1.5, §3).

Row rules come from the contract; the others apply to every form.
"""

import re
from dataclasses import dataclass
from datetime import date

from expectations.contract import Column, Contract
from expectations.finding import ERROR, INFO, WARNING
from expectations.registry import FAR, codes, units

FIRST_DATE = "date '1980-01-01'"
ALWAYS = date(2020, 1, 1)  # where the seeds begin: no earlier start is known
GIVEN = "given:"  # a statistics date as the unit wrote it, before G10


@dataclass(frozen=True, kw_only=True)
class Check:
    """One boolean of a row that must not be false, and the columns it names."""

    rule: str
    severity: str
    columns: tuple[str, ...]
    sql: str

    @property
    def id(self) -> str:
        """Name of the boolean column: row rules by their id, others with their column."""
        return self.rule if self.rule[0] != "G" else f"{self.rule}:{self.columns[0]}"


def events(contract: Contract, column: Column) -> tuple[str, ...]:
    """The event dates that a statistics date belongs to."""
    words = re.findall(r"[a-z_][a-z0-9_]*", column.stat_of or "")
    return tuple(w for w in words if w in contract.names)


def event_of(column: Column) -> str:
    """SQL of the event date of a statistics date."""
    return f"cast({column.stat_of} as date)"


def lives(code_list: str) -> dict[str, list[tuple[date, date]]]:
    """The codes a return may use with their spans; a unit once opened stays accepted."""
    found: dict[str, list[tuple[date, date]]] = {}
    if code_list == "unit":
        for unit in units():
            found.setdefault(unit.unit_code, [(unit.valid_from, FAR)])
    for code in codes(code_list):
        if code.is_leaf:
            found.setdefault(code.code, []).append((code.valid_from, code.valid_to))
    return found


def _life_check(contract: Contract, column: Column) -> Check | None:
    """Codes not in force all the time: valid on the row's statistics date (§1.4)."""
    day = "period_end"
    if column.code_list != "unit" and "stat_on" in contract.names:
        day = "coalesce(stat_on, period_end)"
    terms = []
    for code, spans in lives(column.code_list or "").items():
        if any(since > ALWAYS or until < FAR for since, until in spans):
            alive = " or ".join(f"{day} between date '{a}' and date '{b}'" for a, b in spans)
            terms.append(f"({column.name} <> '{code}' or {alive})")
    if not terms:
        return None
    return Check(rule="G04", severity=ERROR, columns=(column.name,), sql=" and ".join(terms))


def value_checks(contract: Contract) -> list[Check]:
    """What no expectation on one column's values can say: decimals and the life of a code."""
    found = []
    for c in contract.columns:
        if c.decimals is not None:
            sql = f"{c.name} = round({c.name}, {c.decimals})"
            found.append(Check(rule="G03", severity=ERROR, columns=(c.name,), sql=sql))
        if life := _life_check(contract, c):
            found.append(life)
    return found


def _date_checks(column: Column) -> list[Check]:
    name, source = (column.name,), f'"{GIVEN}{column.name}"' if column.stat_of else column.name
    found = [Check(rule="G07", severity=ERROR, columns=name, sql=f"{source} >= {FIRST_DATE}")]
    if not column.plan:
        sql = f"{source} <= period_end"
        found.append(Check(rule="G06", severity=ERROR, columns=name, sql=sql))
    return found


def _stat_checks(contract: Contract, column: Column) -> list[Check]:
    given, event = f'"{GIVEN}{column.name}"', event_of(column)
    named = (column.name, *events(contract, column))
    late = f"{given} - {event} <= param('stat_lag_days', period_end)"
    return [
        Check(
            rule="G08",
            severity=ERROR,
            columns=named,
            sql=f"{given} is null or coalesce({given} >= {event}, false)",
        ),
        Check(rule="G09", severity=WARNING, columns=named, sql=late),
        Check(
            rule="G10",
            severity=INFO,
            columns=named,
            sql=f"{given} is not null or {column.name} is null",
        ),
    ]


def _same_check(contract: Contract, column: Column) -> Check:
    name, key = column.name, contract.key[0]
    # All columns share one window, whose sorting costs most; a list holds a first value of null.
    first = (
        f"first_value(case when not list_contains(marks, '{name}') then [{name}] end ignore nulls)"
        f' over (partition by "index", {key} order by row_no)'
    )
    sql = f"{key} is null or [{name}] is not distinct from {first}"
    return Check(rule="G11", severity=ERROR, columns=(name, key), sql=sql)


def row_checks(contract: Contract) -> list[Check]:
    """G06-G11 and the rules of the contract, in that order."""
    found: list[Check] = []
    for column in contract.columns:
        if column.type == "date":
            found += _date_checks(column)
        if column.stat_of:
            found += _stat_checks(contract, column)
        if column.same and len(contract.key) > 1:
            found.append(_same_check(contract, column))
    found += [
        Check(rule=r.id, severity=r.severity, columns=r.columns, sql=r.sql) for r in contract.rules
    ]
    return found
