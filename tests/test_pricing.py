"""What a finding does to the figures is what a build without it does to them."""

import shutil
from datetime import date
from pathlib import Path
from typing import Protocol

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import test_reconciliations
import test_reconciliations_cases
import test_reconciliations_leads
from stated import NOW, WAREHOUSE, build, run
from test_figures import Row

from expectations.contract import contracts
from orchestration.counterfactual.built import Model, close_copy, models_for, open_copy
from orchestration.counterfactual.pricing import price
from orchestration.counterfactual.rebuilt import GOAL

BROKEN = (test_reconciliations, test_reconciliations_cases, test_reconciliations_leads)
FIGURES = """
    select unit_code, indicator, slice, value from {catalog}.intermediate.int_compared
    where cut_period = ? and basis = 'this'
"""
LEFT_OUT = [
    ("R01", "DFZ01", "XS2023003121"),
    ("R02", "DIS01", "XS2023004811/1"),
    ("R04", "AJG01", "XS2023000401/1"),
    ("R06", "OFF01", "XS2023000601"),
    ("R07", "AJG01", "XS2023000701"),
    ("R10", "OFF01", "XS2023001001"),
    ("R11", "OFF01", "XS2023001101"),
    ("R12", "OFF05", "ZF2023001231"),
    ("R15", "DIS06", "XS2023005001"),
    ("R16", "OFF01", "LA2023001611"),
    ("R17", "OFF01", "LA2023001711"),
    ("R18", "OFF05", "LA2023001801"),
    ("R20", "OFF01", "CF2023020011"),
    ("R21", "OFF05", "YS2023002101"),
    ("R49", "DIS04", "XS2023004901/1"),
    ("R52", "DFZ01", "XS2023005201"),
    ("R55", "OFF02", "A1203"),
    ("R58", "TWN19", "XS2023003921"),
]
# What the other form says, told by hand: the rows that take it, and the values.
TAKEN: dict[tuple[str, str, str], tuple[str, str, Row]] = {
    ("R01", "DIS04", "XS2023004903"): (
        *("disposals", "XS2023004903/1"),
        {"proposed_on": date(2023, 6, 1)},
    ),
    ("R03", "OFF01", "XS2023000301/1"): (
        *("disposal_filings", "XS2023000301/1"),
        {"method_code": "2"},
    ),
    ("R05", "OFF01", "XS2023000501/1"): (
        *("disposal_filings", "XS2023000501/1"),
        {"approved_on": date(2023, 6, 16)},
    ),
    ("R08", "OFF01", "XS2023000801"): (
        *("lead_register", "XS2023000801"),
        {"person_count": 1, "status_code": "20"},
    ),
    ("R09", "OFF01", "XS2023000901"): (
        *("lead_register", "XS2023000901"),
        {"signed_on": date(2023, 6, 5)},
    ),
    ("R17", "OFF01", "LA2023001721"): ("cases", "LA2023001721", {"source_code": "21"}),
    ("R22", "OFF01", "CF2023022011"): (
        *("punishments", "CF2023022011"),
        {"rank_code": "61", "is_supervisee": False},
    ),
}
MOVE_NOTHING = {"R04", "R05", "R09", "R17"}  # some of their rows are in no figure

Moved = dict[tuple[str, str, str], tuple[float | None, float | None]]
Finding = tuple[str, str, str, str]


class Home(Protocol):
    """A built warehouse, the raw folder it was built from, and its models."""

    raw: Path
    warehouse: Path
    models: list[Model]


class Priced:
    """One home with many broken rules, built once, and what its findings cost."""

    def __init__(self, root: Path) -> None:
        self.raw, self.target, self.warehouse = root / "raw", root / "target", root / "copy.duckdb"
        returns: dict[tuple[str, str, str], list[Row]] = {}
        for module in BROKEN:
            for where, rows in module.RETURNS.items():
                returns.setdefault(where, []).extend(rows)
        found = build(root, returns)
        run(root, "run", "--select", f"+{GOAL}")
        shutil.copy(root / WAREHOUSE, self.warehouse)  # dbt keeps the other open in this process
        self.findings = [
            {"rule": rule, "form": row[0], "unit_code": row[1], "key": row[3]}
            for rule, rows in found.items()
            for row in rows
        ]
        self.prices = price(self.warehouse, self.target, NOW, self.findings)
        self.models = models_for(self.target, GOAL)

    def moved(self, finding: Finding) -> Moved:
        """The priced figures of one finding, as they are and as they would be."""
        return {
            (p["figure_unit_code"], p["indicator"], p["slice"]): (p["value"], p["value_mended"])
            for p in self.prices
            if tuple(p[n] for n in ("rule", "form", "unit_code", "key")) == finding
            and p["indicator"]
        }


def rebuilt(home: Home, raw: Path, period: str = NOW) -> Moved:
    """The figures that differ when all is built from that raw folder instead."""
    with duckdb.connect() as con:
        con.execute(f"attach '{home.warehouse}' as built (read_only)")
        open_copy(con, home.models)
        for model in home.models:
            kind = "view" if model.schema == "staging" else "table"
            if model.sql:
                sql = model.sql.replace(str(home.raw), str(raw))
                con.execute(f"create {kind} {model.table} as {sql}")
        before, after = (
            {
                tuple(row[:3]): row[3]
                for row in con.execute(FIGURES.format(catalog=c), [period]).fetchall()
            }
            for c in ("built", "warehouse")
        )
        close_copy(con)
    both = {figure: (before.get(figure), after.get(figure)) for figure in before | after}
    return {f: (old, new) for f, (old, new) in both.items() if not _alike(old, new)}


def _alike(old: float | None, new: float | None) -> bool:
    return old == new if old is None or new is None else abs(old - new) < 1e-9


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Priced:
    return Priced(tmp_path_factory.mktemp("pricing"))


@pytest.mark.parametrize("finding", [*LEFT_OUT, *TAKEN], ids="-".join)
def test_the_price_is_the_difference_of_two_builds(
    home: Priced, tmp_path: Path, finding: tuple[str, str, str]
) -> None:
    rule, unit_code, key = finding
    form = next(f["form"] for f in home.findings if f["rule"] == rule and f["key"] == key)
    raw = Path(shutil.copytree(home.raw, tmp_path / "raw"))
    mended, mended_key, values = TAKEN.get(finding, (form, key, None))
    only_there = form == "activities" or rule == "R10"
    _mend(raw, mended, mended_key, values, unit_code if only_there else None)

    there = rebuilt(home, raw)
    assert there or rule in MOVE_NOTHING
    assert home.moved((rule, form, unit_code, key)) == there


def test_a_missing_return_is_shown_with_the_figures_of_the_month_before(home: Priced) -> None:
    prices = [
        p
        for p in home.prices
        if (p["rule"], p["form"], p["unit_code"]) == ("R51", "cases", "DIS03")
    ]
    assert {p["figure_unit_code"] for p in prices} == {"DIS03"}
    assert {p["way"] for p in prices} == {"month_before"}
    (rank,) = (p for p in prices if p["indicator"] == "case_rank_in_type")
    assert (rank["value"], rank["value_mended"]) == (2.0, 1.0)


def test_what_shows_no_key_has_no_price(home: Priced) -> None:
    assert {f["unit_code"] for f in home.findings if not f["key"]} > {"GBJ01"}
    assert not [p for p in home.prices if not p["key"] and p["way"] != "month_before"]


def _mend(raw: Path, form: str, key: str, values: Row | None, unit_code: str | None) -> None:
    """Leave the rows of that key out of what has landed, or give them the values."""
    keys = [c for c in contracts()[form].key if c != "person_no"]
    for landed in sorted((raw / form).glob("*/*.parquet")):
        table = pq.read_table(landed, partitioning=None)
        rows = []
        for row in table.to_pylist():
            is_meant = "/".join(str(row[c]) for c in keys) == key
            if not is_meant or unit_code not in (None, row["unit_code"]):
                rows.append(row)
            elif values:
                rows.append(row | values)
        pq.write_table(pa.Table.from_pylist(rows, schema=table.schema), landed)
