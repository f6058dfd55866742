"""Expressions over lists of source rows, and the parts of an expression that make such lists."""

from collections.abc import Iterable, Iterator

from sqlglot import exp, parse_one


def within(node: exp.Expr) -> Iterator[exp.Expr]:
    """The parts of an expression, but nothing inside the queries in it."""
    stack = [node]
    while stack:
        inner = stack.pop()
        yield inner
        if not isinstance(inner, exp.Query | exp.Exists):
            stack.extend(inner.iter_expressions())


def aggregates(node: exp.Expr) -> Iterator[exp.Expr]:
    """The aggregates of an expression with their filters; not those of windows."""
    stack = [node]
    while stack:
        inner = stack.pop()
        counted = inner.this if isinstance(inner, exp.Filter) else inner
        if isinstance(counted, exp.AggFunc):
            yield inner
        elif not isinstance(inner, exp.Window | exp.Query | exp.Exists):
            stack.extend(inner.iter_expressions())


def unlike(found: Iterable[exp.Expr]) -> list[exp.Expr]:
    """Each expression once, in the order found."""
    return list({str(f): f for f in found}.values())


def column(name: str, table: str) -> exp.Expr:
    """A column of a table, or of a query without an alias."""
    return exp.column(name, table) if table else exp.column(name)


def none() -> exp.Expr:
    """The list of no row."""
    return parse_one("cast([] as integer[])", dialect="duckdb")


def flat(lists: exp.Expr) -> exp.Expr:
    """The rows of a list of lists, each once; of no list none."""
    rows = exp.func("coalesce", exp.func("flatten", lists, dialect="duckdb"), none())
    return exp.func("list_distinct", rows, dialect="duckdb")


def together(rows: list[exp.Expr]) -> exp.Expr:
    """The rows of several lists of one row."""
    if len(rows) == 1:
        return rows[0].copy()
    return flat(exp.Array(expressions=[r.copy() for r in rows]))


def gathered(rows: list[exp.Expr], where: exp.Expr | None = None) -> exp.Expr:
    """The rows of these lists over a group, as far as the condition is true."""
    lists: exp.Expr = exp.Anonymous(this="list", expressions=[together(rows)])
    if where is not None:
        lists = exp.Filter(this=lists, expression=where.copy())
    return flat(lists)
