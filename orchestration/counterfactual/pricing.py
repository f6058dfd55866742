"""What a finding does to the figures: they are built again as if it were mended.

Each finding becomes a cut of its own: a `basis` beside `this`, whose rows are those of the period
but for the finding's. So one pass through the models, as dbt compiled them, gives the figures of
many findings at once, and no figure is defined a second time.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from expectations.contract import Contract, contracts
from expectations.reconciliation import Mending, reconciliations
from orchestration.counterfactual.built import Model, close_copy, models_for, open_copy
from orchestration.counterfactual.rebuilt import GOAL, rebuild
from orchestration.progress import say

AT_ONCE = 20  # findings in one pass; with more of them time grows faster than their number
NAMED = ("rule", "form", "unit_code", "key")
TALLY = "x.unit_code = f.unit_code and x.period = getvariable('period')"

# The rows that would be mended, of the returns in force.
HITS = """
    create or replace table memory.hits as
    select f.basis, x.return_id, x.row_no{values}
    from memory.findings as f
    inner join built.staging.{rows} as x on f.key = concat_ws('/', {key})
    inner join built.intermediate.int_returns_in_force as r
        on x.return_id = r.return_id
        and r.cut_period = getvariable('period') and r.basis = 'this'
    {source}
    where {where}
"""
BASES = "create or replace table memory.bases as select distinct basis from memory.hits"
MET = f"select {', '.join(NAMED)} from memory.findings semi join memory.hits using (basis)"
SOURCE = """
    inner join built.intermediate.{source} as s
        on s.cut_period = getvariable('period') and s.basis = 'this' and {equal}
"""
# Each finding has the returns of the form for itself, under another number.
CHANGED = """
    select x.* replace (x.return_id || f.basis as return_id{values})
    from built.staging.{rows} as x
    inner join built.intermediate.int_returns_in_force as r
        on x.return_id = r.return_id
        and r.cut_period = getvariable('period') and r.basis = 'this'
    cross join (select distinct basis from memory.hits) as f
    left join memory.hits as h
        on f.basis = h.basis and x.return_id = h.return_id and x.row_no = h.row_no
    where h.row_no is null or {is_kept}
"""
# How far a figure moves, from 0 to 1; a finding's effect is the sum over the district's figures,
# in decimals, for which the order of summing is nothing.
SIZE = "coalesce(abs(b.value - a.value) / greatest(abs(b.value), abs(a.value)), 1)"
# A finding whose rows are there and move nothing has one row without an indicator.
MOVED = """
    with met as (
        select * from memory.findings semi join memory.hits using (basis)
    ),
    figures as (
        select h.basis, x.unit_code, x.indicator, x.slice, x.value
        from built.intermediate.int_compared as x
        cross join met as h
        where x.cut_period = getvariable('period') and x.basis = 'this'
    ),
    moved as (
        select
            basis, unit_code, indicator, slice, b.value, a.value as value_mended, {size} as size
        from figures as b
        full join intermediate.int_compared as a using (basis, unit_code, indicator, slice)
        where round(b.value, 9) is distinct from round(a.value, 9)
    )
    select
        f.rule, f.form, f.unit_code, f.key, '{way}' as way, m.unit_code as figure_unit_code,
        m.indicator, m.slice, m.value, m.value_mended, m.size,
        cast(coalesce(
            sum(cast(m.size as decimal(18, 12))) filter (m.unit_code = 'QX00')
                over (partition by f.basis), 0
        ) as double) as effect_size
    from met as f
    left join moved as m on f.basis = m.basis
"""
# What a missing return would tell is not known: the unit's figures of the month before stand by.
# It counts by its share of the district's figures, as far as these add up.
BEFORE = """
    select
        f.rule, f.form, f.unit_code, f.key, 'month_before' as way,
        b.unit_code as figure_unit_code, b.indicator, b.slice, n.value, b.value as value_mended,
        case
            when i.unit_of_measure not in ('%', '0–1', '系数', '件/倍')
                then least(abs(b.value / nullif(d.value, 0)), 1)
        end as size,
        cast(coalesce(
            sum(cast(size as decimal(18, 12))) over (partition by f.basis), 0
        ) as double) as effect_size
    from memory.findings as f
    inner join built.seeds.indicators as i on list_contains(string_split(i.forms, ' '), f.form)
    inner join built.intermediate.int_compared as b
        on f.unit_code = b.unit_code and i.indicator = b.indicator and b.basis = 'this'
    left join built.intermediate.int_compared as n
        on b.unit_code = n.unit_code and b.indicator = n.indicator and b.slice = n.slice
        and n.cut_period = getvariable('period') and n.basis = 'this'
    left join built.intermediate.int_compared as d
        on b.indicator = d.indicator and b.slice = d.slice and d.unit_code = 'QX00'
        and d.cut_period = getvariable('period') and d.basis = 'this'
    where b.value is not null and b.cut_period = (
        select max(c.period) from built.seeds.calendar as c where c.period < getvariable('period')
    )
"""

Name = tuple[str, ...]
Rows = list[dict[str, Any]]


def price(
    warehouse: Path, dbt_target: Path, period: str, findings: Iterable[Mapping[str, Any]]
) -> Rows:
    """Every figure that a finding moves, as it is and as it would be were the finding mended.

    Args:
        warehouse: what dbt has just built.
        dbt_target: where dbt left its manifest and the compiled models.
        period: report period of the build.
        findings: judged rows; those that show no key (of the supervision office of cadres) and
            those whose rule compares with nothing have no price.

    Returns:
        Rows with rule, form, unit_code and key of the finding, `way` (taken, left_out or
        month_before), figure_unit_code, indicator, slice, value and value_mended, `size` (how far
        the figure moves, from 0 to 1) and `effect_size` (of the finding, by which all lists of
        findings are ordered).
    """
    named = sorted({tuple(str(f[n]) for n in NAMED) for f in findings})
    ways = {name: reconciliations()[name[0]].mended for name in named if name[3]}
    missing = [name for name in named if reconciliations()[name[0]].is_missing]
    prices: Rows = []
    with duckdb.connect() as con:
        con.execute(f"attach '{warehouse}' as built (read_only)")
        con.execute("set variable period = $1", [period])
        if missing:
            _name(con, missing)
            prices += _rows(con, BEFORE)
        models = models_for(dbt_target, GOAL)
        for place in range(max(map(len, ways.values()), default=0)):
            waiting = [(name, way[place]) for name, way in ways.items() if place < len(way)]
            for mending, names in _alike(waiting):
                moved, met = _again(con, models, mending, names)
                prices += moved
                ways = {name: way for name, way in ways.items() if name not in met}
                say(f"  {len(named) - len(ways)} / {len(named)} 条发现")
    return prices


def _alike(waiting: Sequence[tuple[Name, Mending]]) -> Iterator[tuple[Mending, list[Name]]]:
    """Findings in one form that are mended in one way, so many as go through at once."""
    groups: dict[tuple[str, Mending], list[Name]] = {}
    for name, mending in waiting:
        groups.setdefault((name[1], mending), []).append(name)
    for (_, mending), names in groups.items():
        for place in range(0, len(names), AT_ONCE):
            yield mending, names[place : place + AT_ONCE]


def _again(
    con: duckdb.DuckDBPyConnection, models: list[Model], mending: Mending, names: Sequence[Name]
) -> tuple[Rows, set[Name]]:
    """What moves, and the findings whose rows were there."""
    named_in = contracts()[names[0][1]]
    form = contracts()[mending.form] if mending.form else named_in
    _name(con, names)
    con.execute(_hits(mending, named_in, form))
    con.execute(BASES)
    met = con.execute(MET).fetchall()
    if not met:
        return [], set()
    open_copy(con, models)
    _rebuild(con, models, mending, form)
    moved = _rows(con, MOVED.format(size=SIZE, way="taken" if mending.takes else "left_out"))
    close_copy(con)
    return moved, set(met)


def _rebuild(
    con: duckdb.DuckDBPyConnection, models: list[Model], mending: Mending, form: Contract
) -> None:
    taken = "".join(f", if(h.row_no is null, x.{c}, h.{c}_taken) as {c}" for c, _ in mending.takes)
    rows = f"stg_returns__{form.form}"
    changed = CHANGED.format(rows=rows, values=taken, is_kept=bool(mending.takes))
    rebuild(con, models, {form.form: changed})


def _hits(mending: Mending, named_in: Contract, form: Contract) -> str:
    key = [c for c in named_in.key if named_in.column(c).privacy != "S3"]
    joined = mending.by or key
    where = f"{mending.where} and {TALLY}" if form.kind == "tally" else mending.where
    return HITS.format(
        rows=f"stg_returns__{form.form}",
        key=", ".join(f"x.{c}" for c in key),
        values="".join(f", s.{s} as {c}_taken" for c, s in mending.takes),
        where=where,
        source=SOURCE.format(
            source=mending.source, equal=" and ".join(f"x.{c} = s.{c}" for c in joined)
        )
        if mending.source
        else "",
    )


def _name(con: duckdb.DuckDBPyConnection, names: Sequence[Name]) -> None:
    rows = [(f"#{place}", *name) for place, name in enumerate(names)]
    columns = ", ".join(f"{c} varchar" for c in ("basis", *NAMED))
    con.execute(f"create or replace table memory.findings ({columns})")
    con.executemany("insert into memory.findings values (?, ?, ?, ?, ?)", rows)


def _rows(con: duckdb.DuckDBPyConnection, sql: str) -> Rows:
    found: Rows = con.execute(f"{sql} order by all").to_arrow_table().to_pylist()
    return found
