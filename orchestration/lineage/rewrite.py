"""Rewrites a query so that it carries along the rows of returns that its rows were made of.

Every relation gets one more column (`_rows`, a list), and every counted column one of its own with
the condition it was counted by. So what a condition leaves out is not listed, nor a statement that
a newer one has replaced; and no indicator is defined a second time.
"""

from sqlglot import exp, parse_one

from orchestration.lineage.lists import gathered, none
from orchestration.lineage.select_query import ROWS, Select, Shape


def parsed(sql: str) -> exp.Subquery:
    """A query of a model, within brackets: what it is rewritten to takes its place there."""
    return exp.Subquery(this=parse_one(sql, dialect="duckdb"))


def trace(root: exp.Expr, relations: dict[str, Shape]) -> Shape:
    """Rewrite the query in place; it then reads all tables by name alone.

    Args:
        root: what `parsed` gave.
        relations: the tables that carry rows, by name; others have none.
    """
    for table in root.find_all(exp.Table):
        table.set("db", None)
        table.set("catalog", None)
    return _query(root.this, relations)


def _query(query: exp.Expr, relations: dict[str, Shape], *, is_branch: bool = False) -> Shape:
    own = dict(relations)
    for cte in query.ctes if isinstance(query, exp.Query) else ():
        own[cte.alias] = _query(cte.this, own)
    if isinstance(query, exp.Subquery):
        return _query(query.this, own, is_branch=is_branch)
    if isinstance(query, exp.SetOperation):
        return _union(query, own)
    if isinstance(query, exp.Select):
        return Select(query, own, _query).rewrite(is_branch)
    return Shape()


def _union(query: exp.SetOperation, relations: dict[str, Shape]) -> Shape:
    """Give every branch the column, in the last place; equal rows become one with those of all."""
    left = _query(query.this, relations, is_branch=True)
    right = _query(query.expression, relations, is_branch=True)
    if not (left.is_traced or right.is_traced):
        return Shape()
    for branch, shape in ((query.this, left), (query.expression, right)):
        if not shape.is_traced:
            _add_none(branch)
    if query.args.get("distinct"):
        query.set("distinct", False)
        every = exp.Star(except_=[exp.column(ROWS)])
        rows = exp.alias_(gathered([exp.column(ROWS)]), ROWS)
        inner = exp.Subquery(this=query.copy(), alias=exp.TableAlias(this=exp.to_identifier("u")))
        query.replace(exp.select(every, rows).from_(inner).group_by("all", dialect="duckdb"))
    return Shape(is_traced=True, is_figure=left.is_figure or right.is_figure)


def _add_none(branch: exp.Expr) -> None:
    if isinstance(branch, exp.SetOperation):
        _add_none(branch.this)
        _add_none(branch.expression)
    else:
        branch.append("expressions", exp.alias_(none(), ROWS))
