"""Figures that the real dbt project counts from statements of units."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest
from dbt.cli.main import dbtRunner
from test_figures import Raw, Row

from orchestration.settings import DBT_PROJECT

NOW = "2023-07"
Returns = Mapping[tuple[str, str, str], Sequence[Row]]  # by form, unit and period
Figure = Callable[..., Any]


def count(root: Path, returns: Returns, period: str = NOW) -> Figure:
    """Land the returns, count every figure up to `period`, and look one up.

    The look-up takes the indicator, the unit and, where they are not the whole, this period and
    the value, `part=`, `period=` and `column=`; a figure without a row has the status `None`.
    """
    raw = Raw(root / "raw")
    for (form, unit, stated), rows in returns.items():
        raw.state(form, unit, stated, list(rows))
    raw.close()
    where = ["--project-dir", str(DBT_PROJECT), "--profiles-dir", str(DBT_PROJECT), "--quiet"]
    where += ["--target-path", str(root / "target"), "--log-path", str(root / "logs")]
    told = {"raw": str(root / "raw"), "period": period, "as_of": f"{int(period[:4]) + 1}-01-31"}
    where += ["--vars", json.dumps(told)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JIJIAN_WAREHOUSE", str(root / "warehouse.duckdb"))
        assert dbtRunner().invoke(["seed", *where]).success
        chosen = ["+rpt_indicators", "dim_indicator", "dim_period", "dim_unit", "dim_code"]
        chosen += ["dim_parameter"]
        assert dbtRunner().invoke(["run", "--select", *chosen, *where]).success
    with duckdb.connect(str(root / "warehouse.duckdb")) as con:
        rows = con.execute("from marts.rpt_indicators")
        names = [column[0] for column in rows.description]
        found = [dict(zip(names, row, strict=True)) for row in rows.fetchall()]
    key = ("indicator", "unit_code", "slice", "period")
    figures = {tuple(row[name] for name in key): row for row in found}

    def look_up(
        indicator: str, unit: str, part: str = "", period: str = period, column: str = "value"
    ) -> Any:
        return figures.get((indicator, unit, part, period), {}).get(column)

    return look_up
