"""One select, rewritten so that its rows and its counted columns tell what they were made of."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlglot import exp

from orchestration.lineage.lists import aggregates, column, flat, gathered, together, unlike, within

ROWS = "_rows"  # the column of a relation; that of its column `x` is `x_rows`
CUT = {"cut_period", "basis", "as_of", "year_start", "stated_to"}  # true of all rows alike
FIGURE = ("value", "numerator", "denominator", "text_value")


@dataclass(frozen=True)
class Shape:
    """What a relation tells of its rows: whether it has them, and which columns have their own.

    `compared` are those of the columns that a window made; who only chooses by one of them (the
    newest statement of several) does not count the rows that were compared. `is_figure` is true of
    a relation with a value: what stands beside that is not behind it.
    """

    is_traced: bool = False
    parts: frozenset[str] = frozenset()
    compared: frozenset[str] = frozenset()
    is_figure: bool = False


@dataclass
class Select:
    """One select; the rows of an expression are those of the columns it names.

    Attributes:
        query: rewritten in place.
        relations: what can be read by name.
        rewritten: rewrites a query inside it.
        sources: the relations that are read, by alias.
        optional: those of them that a row can do without.
    """

    query: exp.Select
    relations: dict[str, Shape]
    rewritten: Callable[[exp.Expr, dict[str, Shape]], Shape]
    sources: dict[str, Shape] = field(default_factory=dict)
    optional: set[str] = field(default_factory=set)

    def rewrite(self, is_branch: bool) -> Shape:
        """Add the columns; a model's figures, like branches of a union, get that of rows alone."""
        query = self.query
        self.read_sources()
        if not self.everything():
            return Shape()
        is_counted = self.is_counted()
        row = self.everything() if is_counted else self.row()
        whole = gathered(row) if is_counted else together(row)
        parts = self.parts(row, is_counted=is_counted)
        self.into_structs(row)
        inherited = self.inherit(keeps=not is_branch)
        if query.args.get("distinct"):
            query.set("distinct", None)
            query.group_by("all", copy=False, dialect="duckdb")
        is_last = isinstance(query.parent, exp.Subquery) and not query.parent.parent
        if is_branch or (is_last and self.is_figure()):
            whole = self.of_figure(whole, parts, inherited, is_counted=is_counted)
            parts = {}
        if not self.has_struct_star():
            query.append("expressions", exp.alias_(whole, ROWS))
        for name, part in parts.items():
            query.append("expressions", exp.alias_(part, name + ROWS))
        every = frozenset(parts) | (frozenset() if is_branch else frozenset(inherited))
        return Shape(
            is_traced=True,
            parts=every,
            compared=self.compared() & every,
            is_figure=self.is_figure(),
        )

    def is_counted(self) -> bool:
        """True if rows are made of groups of rows."""
        return (
            bool(self.query.args.get("distinct"))
            or bool(self.query.args.get("group"))
            or any(next(aggregates(p), None) is not None for p in self.query.expressions)
        )

    def is_figure(self) -> bool:
        """True if a row is a figure, made here or taken as it is."""
        names = [p.alias_or_name for p in self.query.expressions]
        whole = any(n == "*" for n in names) and any(s.is_figure for s in self.sources.values())
        return FIGURE[0] in names or whole or self.has_struct_star()

    def of_figure(
        self, whole: exp.Expr, parts: dict[str, exp.Expr], inherited: set[str], *, is_counted: bool
    ) -> exp.Expr:
        """The rows of a figure: of its value and what it is divided by, not of the whole group."""
        own = [parts[n] for n in FIGURE if n in parts]
        own += [exp.column(n + ROWS) for n in FIGURE if n in inherited and n not in parts]
        if own or self.is_figure():
            return together(own or [whole])
        return together(list(parts.values()) if is_counted and parts else [whole, *parts.values()])

    def read_sources(self) -> None:
        """Find what is read, and rewrite the queries among it."""
        joins = self.query.args.get("joins") or []
        joins = [j for j in joins if j.kind not in ("ANTI", "SEMI")]  # nothing comes out of them
        first = self.query.args.get("from_")
        relations = ([first.this] if first else []) + [j.this for j in joins]
        for relation in relations:
            shape = Shape()
            if isinstance(relation, exp.Subquery):
                shape = self.rewritten(relation.this, self.relations)
            elif isinstance(relation, exp.Table):
                shape = self.relations.get(relation.name, shape)
            self.sources[relation.alias_or_name] = shape
        self.optional = {j.this.alias_or_name for j in joins if j.side == "LEFT"}

    def everything(self) -> list[exp.Expr]:
        """The rows of every relation that is read."""
        return [column(ROWS, n) for n, s in self.sources.items() if s.is_traced]

    def row(self) -> list[exp.Expr]:
        """What a row is made of: the relations that it must be in, and what chose it."""
        found = [
            column(ROWS, n)
            for n, s in self.sources.items()
            if s.is_traced and n not in self.optional
        ]
        where = self.query.args.get("where")
        own = self.of(where, chooses=True) if where else []
        return unlike([*(found or self.everything()), *own])

    def of(self, node: exp.Expr, *, chooses: bool = False) -> list[exp.Expr]:
        """The rows of the columns that an expression names, and of what it asks to exist.

        With `chooses` only what a condition adds to the row itself.
        """
        found: list[exp.Expr] = []
        for inner in within(node):
            if isinstance(inner, exp.Exists):
                found += self.existing(inner)
            elif isinstance(inner, exp.Column) and inner.name not in CUT:
                for name, shape in self.named(inner):
                    if chooses and inner.name in shape.compared:
                        continue
                    if inner.name in shape.parts:
                        found.append(column(inner.name + ROWS, name))
                    elif shape.is_traced and not chooses:
                        found.append(column(ROWS, name))
        return unlike(found)

    def named(self, column: exp.Column) -> list[tuple[str, Shape]]:
        """The relations that a column may come from."""
        if column.table:
            shape = self.sources.get(column.table)
            return [(column.table, shape)] if shape else []
        owners = [(n, s) for n, s in self.sources.items() if column.name in s.parts]
        return owners or list(self.sources.items())

    def existing(self, node: exp.Exists) -> list[exp.Expr]:
        """The rows that make an `exists` true, looked up in the same way."""
        inner = Select(node.this.copy(), self.relations, self.rewritten)
        inner.read_sources()
        if not inner.everything():
            return []
        inner.query.set("expressions", [gathered(inner.everything())])
        return [exp.Subquery(this=inner.query)]

    def parts(self, row: list[exp.Expr], *, is_counted: bool) -> dict[str, exp.Expr]:
        """The columns with rows of their own: counted ones, and those of optional relations.

        What groups are made by has the rows of all in the group: it must not part them further.
        """
        taken = gathered if is_counted else together
        found: dict[str, exp.Expr] = {}
        known = set(map(str, row))
        for projection in self.query.expressions:
            name, node = projection.alias_or_name, projection.unalias()
            if not name or name == "*" or (node.find(exp.Struct) and node.find(exp.Explode)):
                continue
            counts = list(aggregates(node))
            if counts:
                pieces = [self.counted(a, row) for a in counts]
                if None not in pieces:
                    found[name] = together(unlike(r for piece in pieces for r in piece or ()))
                continue
            over = node.find(exp.Window)
            if over and not isinstance(over.this, exp.RowNumber):
                found[name] = self.over(over, row)
                continue
            own = self.of(node)
            if not set(map(str, own)) <= known:
                # Whether something exists is asked of the row: both are behind the answer.
                found[name] = taken(unlike([*row, *own]) if node.find(exp.Exists) else own)
        return found

    def counted(self, node: exp.Expr, row: list[exp.Expr]) -> list[exp.Expr] | None:
        """The rows that one aggregate counts, none if it tells the cut; None if all of a group."""
        where = node.expression if isinstance(node, exp.Filter) else None
        own = self.of(node)
        if not own and node.find(exp.Column):
            return []
        if where is None and set(map(str, own or row)) == set(map(str, row)):
            return None
        return [gathered(own or row, where)]

    def over(self, node: exp.Window, row: list[exp.Expr]) -> exp.Expr:
        """The rows of all that a window compares."""
        order = node.args.get("order")
        own = unlike(self.of(node.this) + (self.of(order) if order else [])) or row
        window = node.copy()
        window.set("this", exp.func("list", together(own)))
        window.set("order", None)
        return flat(window)

    def into_structs(self, row: list[exp.Expr]) -> None:
        """Give each figure of a list of figures the rows of what it is made of."""
        for projection in self.query.expressions:
            for struct in list(projection.find_all(exp.Struct)):
                fields = {f.name: f.expression for f in struct.expressions}
                if "indicator" not in fields:
                    continue
                own = [r for n in FIGURE for r in self.of(fields[n])]
                rows = together(unlike(own) or row)
                struct.append(
                    "expressions", exp.PropertyEQ(this=exp.to_identifier(ROWS), expression=rows)
                )

    def inherit(self, *, keeps: bool) -> set[str]:
        """Parts that come with a star; without them, and the rows, where they are not wanted."""
        found: set[str] = set()
        for projection in self.query.expressions:
            star = projection.this if isinstance(projection, exp.Column) else projection
            if not isinstance(star, exp.Star):
                continue
            table = projection.table if isinstance(projection, exp.Column) else ""
            if table and table not in self.sources:
                continue
            shapes = [s for n, s in self.sources.items() if table in ("", n)]
            given = {p for s in shapes for p in s.parts}
            dropped = [ROWS] if any(s.is_traced for s in shapes) else []
            dropped += [] if keeps else [p + ROWS for p in sorted(given)]
            without = star.args.get("except_") or []
            star.set("except_", [*without, *map(exp.column, dropped)])
            found |= given
        return found

    def compared(self) -> frozenset[str]:
        """The columns that a window made, here or before."""
        here = (p.alias_or_name for p in self.query.expressions if p.find(exp.Window))
        before = (s.compared for s in self.sources.values())
        return frozenset(here).union(*before)

    def has_struct_star(self) -> bool:
        """True if the rows come out of a figure of a list."""
        return any(
            isinstance(p, exp.Column)
            and isinstance(p.this, exp.Star)
            and p.table not in self.sources
            for p in self.query.expressions
        )
