"""Which figures a resubmission moves, from what to what: counted again on the version before.

Of the resubmissions that came since the last close, each is a cut of its own in which the unit's
forms are still what they were. So the indicators stay defined in the models alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from orchestration.counterfactual.built import Model, close_copy, models_for, open_copy
from orchestration.counterfactual.rebuilt import GOAL, rebuild
from orchestration.progress import say

AT_ONCE = 20  # resubmissions in one pass

# The forms that were restated with a change, since the close of the month before (returns §2.4).
RESTATED = """
    create or replace table memory.restated as
    select
        n.form, n.unit_code, n.period, n.received_at,
        n.return_id, n.is_nil, o.return_id as return_id_before, o.is_nil as is_nil_before,
        n.return_id in (
            select r.return_id from built.intermediate.int_returns_in_force as r
            where r.basis = 'this'
        ) as is_in_force
    from built.staging.stg_register__returns as n
    inner join built.staging.stg_register__returns as o
        on n.form = o.form and n.unit_code = o.unit_code and n.period = o.period
        and o.version = n.version - 1
    inner join built.intermediate.int_cuts as u on n.period = u.cut_period and u.basis = 'this'
    left join read_parquet($changes) as c on n.return_id = c.return_id
    where cast(n.received_at as date) > coalesce(
        (select max(d.closes_on) from built.seeds.calendar as d where d.period < $period),
        date '1900-01-01'
    )
        and n.outcome = 'accepted' and o.outcome = 'accepted'
        and coalesce(c.added + c.gone + c.changed, 1) > 0
"""
# What stood before each, and, where it was restated once more, what it made of it.
STATES = """
    create or replace table memory.states as
    select a.before as basis, form, unit_code, period, return_id_before as return_id,
        is_nil_before as is_nil
    from memory.restated inner join memory.asked as a using (period, unit_code, received_at)
    union all
    select a.after, form, unit_code, period, return_id, is_nil
    from memory.restated inner join memory.asked as a using (period, unit_code, received_at)
    where a.after is not null
"""
BASES = "create or replace table memory.bases as select distinct basis from memory.states"
ROWS = """
    select x.* replace (r.return_id || b.basis as return_id)
    from built.intermediate.int_returns_in_force as r
    cross join memory.bases as b
    left join memory.states as s
        on b.basis = s.basis and r.form = s.form
        and r.unit_code = s.unit_code and r.period = s.period
    inner join built.staging.stg_returns__{form} as x
        on x.return_id = coalesce(s.return_id, r.return_id)
    where r.form = '{form}' and r.cut_period = getvariable('period') and r.basis = 'this'
"""
NIL = """
    , coalesce((
        select s.is_nil from memory.states as s
        where s.basis = f.basis and s.form = x.form
            and s.unit_code = x.unit_code and s.period = x.period
    ), x.is_nil) as is_nil
"""
MOVED = """
    with before as (
        select a.unit_code as by_unit_code, a.received_at, x.unit_code, indicator, slice, value
        from intermediate.int_compared as x
        inner join memory.asked as a on x.basis = a.before
    ),
    after as (
        select a.unit_code as by_unit_code, a.received_at, x.unit_code, indicator, slice, value
        from intermediate.int_compared as x
        inner join memory.asked as a on x.basis = a.after
        union all
        select a.unit_code, a.received_at, x.unit_code, indicator, slice, value
        from built.intermediate.int_compared as x
        inner join memory.asked as a on a.after is null
        where x.cut_period = getvariable('period') and x.basis = 'this'
    )
    select
        getvariable('period') as period, by_unit_code as unit_code, received_at,
        n.unit_code as figure_unit_code, indicator, slice, b.value as value_before, n.value
    from before as b
    full join after as n using (by_unit_code, received_at, unit_code, indicator, slice)
    where round(b.value, 9) is distinct from round(n.value, 9)
    order by all
"""


@dataclass(frozen=True, order=True)
class Restatement:
    """One resubmission of a unit: all that it restated at one moment."""

    period: str
    unit_code: str
    received_at: Any
    forms: tuple[str, ...]
    is_in_force: bool


def restatements(con: duckdb.DuckDBPyConnection, changes: Path, period: str) -> list[Restatement]:
    """The resubmissions received since the close of the month before, of the periods in scope."""
    con.execute(RESTATED, {"changes": str(changes), "period": period})
    found = con.execute(
        "select period, unit_code, received_at, list(form order by form), bool_and(is_in_force)"
        " from memory.restated group by all order by all"
    ).fetchall()
    return [Restatement(p, u, at, tuple(forms), newest) for p, u, at, forms, newest in found]


def moves(
    warehouse: Path, dbt_target: Path, changes: Path, period: str
) -> tuple[list[Restatement], list[dict[str, Any]]]:
    """The resubmissions, and every figure of its own period that one of them moved.

    Args:
        warehouse: what dbt has just built.
        dbt_target: where dbt left its manifest and the compiled models.
        changes: counts of what each accepted resubmission changed, as landed.
        period: report period of the build.
    """
    found: list[dict[str, Any]] = []
    with duckdb.connect() as con:
        con.execute(f"attach '{warehouse}' as built (read_only)")
        every = restatements(con, changes, period)
        models = models_for(dbt_target, GOAL) if every else []
        for month in sorted({r.period for r in every}):
            ours = [r for r in every if r.period == month]
            con.execute("set variable period = $1", [month])
            for start in range(0, len(ours), AT_ONCE):
                found += _moved(con, models, ours[start : start + AT_ONCE])
        if every:
            say(f"  {len(every)} 次更正，{len(found)} 个数字变动")
    return every, found


def _moved(
    con: duckdb.DuckDBPyConnection, models: list[Model], some: Iterable[Restatement]
) -> list[dict[str, Any]]:
    con.execute(
        "create or replace table memory.asked (period varchar, unit_code varchar,"
        " received_at timestamp, before varchar, after varchar)"
    )
    forms: set[str] = set()
    for place, one in enumerate(some):
        after = None if one.is_in_force else f"#{place}+"
        row = [one.period, one.unit_code, one.received_at, f"#{place}-", after]
        con.execute("insert into memory.asked values (?, ?, ?, ?, ?)", row)
        forms |= set(one.forms)
    con.execute(STATES)
    con.execute(BASES)
    open_copy(con, models)
    rebuild(con, models, {form: ROWS.format(form=form) for form in sorted(forms)}, NIL)
    found: list[dict[str, Any]] = con.execute(MOVED).to_arrow_table().to_pylist()
    close_copy(con)
    return found
