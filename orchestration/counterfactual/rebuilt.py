"""Figures built again on other rows of returns: several cuts beside `this` in one pass.

Each cut is a `basis` of `memory.bases`. Of the returns in force it has the forms that changed for
itself, under another number; all else is the same for each of them.
"""

from collections.abc import Mapping

import duckdb

from orchestration.counterfactual.built import Model, touched_by

GOAL, FIGURES, RETURNS = "int_compared", "int_figures", "int_returns_in_force"
UNCHANGED = """
    create view {table} as
    select x.* replace (f.basis as basis{also})
    from built.{table} as x
    cross join memory.bases as f
    where x.cut_period = getvariable('period') and x.basis = 'this'
"""
LAST_YEAR = """
    insert into {table}
    from built.{table} where cut_period = getvariable('period') and basis = 'last'
"""


def rebuild(
    con: duckdb.DuckDBPyConnection, models: list[Model], changed: Mapping[str, str], also: str = ""
) -> None:
    """Build what the changed forms lead to; of the rest only what that reads.

    Args:
        con: an open copy of the models (`built.open_copy`), with `memory.bases`.
        models: the goal and all it is made from, parents first.
        changed: by form the query of its rows for all cuts; their `return_id` ends with the basis.
        also: further columns that the returns in force replace.
    """
    rows = {f"stg_returns__{form}": sql for form, sql in changed.items()}
    again = touched_by(models, *rows)
    read = {p for m in again for p in m.parents} | {RETURNS}
    for model in models:
        if model.name in rows:
            con.execute(f"create table {model.table} as {rows[model.name]}")
        elif model in again:
            con.execute(f"create table {model.table} as {model.sql}")
        elif model.name in read and model.sql:
            con.execute(_beside(con, model, changed, also))
        if model.name == FIGURES:
            con.execute(LAST_YEAR.format(table=model.table))


def _beside(
    con: duckdb.DuckDBPyConnection, model: Model, changed: Mapping[str, str], also: str
) -> str:
    """A model that stays as it is: the same for each cut."""
    if "basis" not in con.sql(f"from built.{model.table} limit 0").columns:
        return f"create view {model.table} as from built.{model.table}"
    if model.name != RETURNS:
        return UNCHANGED.format(table=model.table, also="")
    forms = ", ".join(f"'{form}'" for form in changed)
    own = f", if(x.form in ({forms}), x.return_id || f.basis, x.return_id) as return_id"
    return UNCHANGED.format(table=model.table, also=own + also)
