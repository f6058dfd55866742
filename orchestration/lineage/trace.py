"""Which rows of the returns stand behind each figure of a period.

The compiled SQL of the home's last build is run once more, for that period alone, with the rows of
returns carried along (`rewrite`). No indicator is defined again, and every figure comes out
beside its rows: one that is not the released figure is of another build and is given none.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain

import duckdb

from expectations.contract import contracts
from orchestration.counterfactual.built import Model, models_for
from orchestration.intake.landing.land_register import write_table
from orchestration.lineage.rewrite import parsed, trace
from orchestration.lineage.select_query import ROWS, Shape
from orchestration.settings import Home

FIGURES = "int_compared"  # the model that holds every figure
PARTS = "int_parts"  # and the one of their parts; a part's slice is `subject:part`
BASES = ("this", "last")  # what is compared with last year has rows of last year behind it
STATED = "stg_returns__"
SOURCE_ROWS = """
    create temp table source_rows as
    select row_number() over (order by form, return_id, row_no)::integer as source_id, s.*
    from ({stated}) as s
    semi join intermediate.int_returns_in_force as r
        on s.return_id = r.return_id and r.cut_period = '{period}' and r.basis in {bases}
"""
STATED_ROWS = """
    create temp table {name} as
    select s.*, [r.source_id] as {rows}
    from staging.{name} as s
    inner join source_rows as r
        on r.form = '{form}' and s.return_id = r.return_id and s.row_no = r.row_no
"""
TRACED = f"""
    create temp view figures as
    select * exclude ({ROWS}), {ROWS} as source_ids from {FIGURES} where basis = 'this'
    union all by name
    select
        indicator, cut_period, unit_code, subject || ':' || part as slice, value,
        {ROWS} as source_ids
    from {PARTS}
    where basis = 'this'
"""
COUNTED = """
    select
        f.indicator, f.unit_code, f.slice, s.form, s.unit_code as source_unit_code,
        count(*) as row_count
    from (
        select indicator, unit_code, slice, unnest(source_ids) as source_id from figures
    ) as f
    inner join source_rows as s using (source_id)
    group by all
    order by all
"""


class LineageError(Exception):
    """The rows cannot be told; the message says why, in Chinese."""


@contextmanager
def traced(home: Home, period: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with the figures of a period and the rows of returns behind them.

    `figures` has a row per indicator, unit_code and slice with value, numerator, denominator and
    `source_ids`, and one per part of a figure that is not zero; `source_rows` a row per row of a
    return in force, by `source_id`, with its form,
    unit_code, period, file_sha256, sheet and row_no. The warehouse is only read.

    Raises:
        LineageError: the home has no warehouse of this version of the program.
    """
    if not home.warehouse.is_file() or not (home.dbt_target / "manifest.json").is_file():
        raise LineageError("数据目录中还没有建成的仓库，请先 jijian run")
    goals = (models_for(home.dbt_target, goal) for goal in (FIGURES, PARTS))
    models = list(dict.fromkeys(chain.from_iterable(goals)))
    with duckdb.connect(str(home.warehouse), read_only=True) as con:
        _Trace(con, period).figures(models)
        yield con


def count_rows(home: Home, period: str) -> int:
    """Write how many rows of which unit's form stand behind each figure of the period, for dbt."""
    with traced(home, period) as con:
        rows = con.execute(COUNTED).to_arrow_table().to_pylist()
    write_table(home.raw, "figure_rows", rows)
    return len(rows)


@dataclass
class _Trace:
    """The temporary tables of one trace; those that rows of returns have made carry them."""

    con: duckdb.DuckDBPyConnection
    period: str
    shapes: dict[str, Shape] = field(default_factory=dict)

    def figures(self, models: list[Model]) -> None:
        """Make `source_rows`, and of the models, parents first, `figures`."""
        stated = " union all ".join(
            f"select '{form}' as form, return_id, file_sha256, sheet, row_no, unit_code, period"
            f" from staging.{STATED}{form}"
            for form in contracts()
        )
        self.con.execute(SOURCE_ROWS.format(stated=stated, period=self.period, bases=BASES))
        for model in models:
            self.table(model)
        self.con.execute(TRACED)

    def table(self, model: Model) -> None:
        """Make a table of the warehouse for this period, with its rows if it comes from returns."""
        if model.name.startswith(STATED):
            form = model.name.removeprefix(STATED)
            self.con.execute(STATED_ROWS.format(name=model.name, form=form, rows=ROWS))
            self.shapes[model.name] = Shape(is_traced=True)
            return
        query = parsed(model.sql or f"from {model.table}")
        shape = trace(query, self.shapes)
        if shape.is_traced:
            self.shapes[model.name] = shape
            self.con.execute(f"create temp table {model.name} as {query.sql(dialect='duckdb')}")
        else:
            self.copy(model)

    def copy(self, model: Model) -> None:
        """What no return has made is read as it is, of this period."""
        described = self.con.execute(f"describe {model.table}").fetchall()
        conditions = {"cut_period": f"= '{self.period}'", "basis": f"in {BASES}"}
        tests = [f"{c} {test}" for c, *_ in described if (test := conditions.get(c))]
        where = f" where {' and '.join(tests)}" if tests else ""
        self.con.execute(f"create temp view {model.name} as from {model.table}{where}")
