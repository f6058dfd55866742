"""The suite of a contract: Great Expectations judges all returns of one form at once.

First the values of single cells (G01, G03, G04); what fails is blanked and marked. Then keys
and everything DuckDB found on the cells left (`judge.py`), as boolean columns. With `judgement.py`
the only importer of great_expectations, and only when it validates: the import takes seconds.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from expectations.checks import Check, lives, row_checks, value_checks
from expectations.contract import Column, Contract
from expectations.finding import ERROR, INFO, WARNING, Finding
from expectations.hits import Hit, findings
from expectations.judge import Sheet, apply_defaults, blank, evaluate, stack

if TYPE_CHECKING:
    from great_expectations.core.batch_definition import BatchDefinition
    from great_expectations.expectations import Expectation

__all__ = [
    "ManyError",
    "Sheet",
    "apply_defaults",
    "declared",
    "judged",
    "load",
    "named",
    "validate",
]

SEVERITIES: dict[str, Any] = {ERROR: "critical", WARNING: "warning", INFO: "info"}
Named = tuple[str, tuple[str, ...], str]
FRAME_TYPES = {"string": "str", "float64": "float64", "int64": "float64"}


class ManyError(Exception):
    """There are more findings than the caller can hold."""


def load() -> None:
    """Import Great Expectations now, so that no later validation waits seconds for it."""
    import great_expectations.expectations  # noqa: F401


def named(expectation: "Expectation") -> Named:
    """Which expectation of a suite it is: rule, columns and type."""
    configuration = expectation.configuration
    meta = configuration.meta or {}
    return meta["rule"], tuple(meta["columns"]), _kind(configuration)


def _kind(configuration: Any) -> str:
    return f"{configuration.type}({configuration.kwargs.get('column', '')})"


def validate(
    contract: Contract,
    sheets: Sequence[Sheet],
    broken: Counter[Named] | None = None,
    most: float = math.inf,
) -> dict[int, list[Finding]]:
    """All findings of G01, G03-G11 and the row rules, by the index of the sheet.

    Args:
        contract: the form.
        sheets: the sheets of that form of all returns at hand.
        broken: counts the rows that broke each expectation, if given.
        most: rows broken in all, each as often as it broke an expectation.

    Raises:
        ManyError: there are more than `most`.
    """
    found: dict[int, list[Finding]] = {s.index: [] for s in sheets}
    if not any(s.table.num_rows for s in sheets):
        return found
    stacked = stack(contract, sheets)
    failed = _failed(contract, value_checks(contract), stacked)
    values = [*_asked(contract, stacked), *map(_boolean, failed)]
    named = {name for e in values for name in (e.meta or {})["columns"]}
    columns = [c for c in contract.columns if c.name in named]
    hits = _unmarked(_run(_frame(columns, stacked, failed), values), stacked)
    stacked = blank(stacked, [(h.row, h.columns[0]) for h in hits])
    failed = _failed(contract, row_checks(contract), stacked)
    keys = [contract.column(name) for name in contract.key]
    rows = [_unique(contract), *map(_boolean, failed)]
    hits += _run(_frame(keys, stacked, failed), rows)
    if len(hits) > most:
        raise ManyError
    if broken is not None:
        broken.update((h.rule, h.columns, h.kind) for h in hits)
    for finding_index, finding in findings(contract, sheets, stacked, hits):
        found[finding_index].append(finding)
    return found


def declared(contract: Contract) -> list["Expectation"]:
    """Every expectation of the suite, broken or not; rows are judged by those that may be."""
    checks = [*value_checks(contract), *row_checks(contract)]
    return [*_value_expectations(contract), _unique(contract), *(_boolean(c) for c in checks)]


def _failed(
    contract: Contract, checks: Sequence[Check], stacked: pa.Table
) -> dict[Check, pa.ChunkedArray]:
    """What each check says of the rows, of those that DuckDB found broken.

    An expectation costs 10 ms, however few the rows: the others are left out.
    """
    said = evaluate(contract, checks, stacked)
    return {c: said[c.id] for c in checks if not pc.all(said[c.id]).as_py()}


def _frame(
    columns: Sequence[Column], stacked: pa.Table, failed: Mapping[Check, pa.ChunkedArray]
) -> pd.DataFrame:
    """What is judged as pandas holds it, no more: each column is hashed as well.

    A column without values keeps its type.
    """
    frame = stacked.select(["index", *(c.name for c in columns)]).to_pandas(date_as_object=False)
    for column in columns:
        if kind := FRAME_TYPES.get(column.arrow_type):
            frame[column.name] = frame[column.name].astype(kind)
    return frame.assign(**{check.id: said.to_numpy() for check, said in failed.items()})


def _value_expectations(contract: Contract) -> list["Expectation"]:
    return [e for c in contract.columns for e in (*_required(c), *_limits(c), *_known(c))]


def _asked(contract: Contract, stacked: pa.Table) -> list["Expectation"]:
    """The value expectations that these rows can break, for one costs 3 ms, however few the rows.

    Where no cell is blank none is missing, and where all are there is no value to be wrong.
    """
    found: list[Expectation] = []
    for column in contract.columns:
        blanks = stacked[column.name].null_count
        found += _required(column) if blanks else []
        found += [*_limits(column), *_known(column)] if blanks < stacked.num_rows else []
    return found


def _meta(rule: str, column: Column, severity: str = ERROR) -> dict[str, Any]:
    return {
        "column": column.name,
        "severity": SEVERITIES[severity],
        "meta": {"rule": rule, "severity": severity, "columns": [column.name]},
    }


def _required(column: Column) -> list["Expectation"]:
    from great_expectations.expectations import ExpectColumnValuesToNotBeNull

    return [ExpectColumnValuesToNotBeNull(**_meta("G01", column))] if column.required else []


def _limits(column: Column) -> list["Expectation"]:
    """G03: pattern, forbidden value, range and length."""
    from great_expectations import expectations as gxe

    meta = _meta("G03", column)
    found: list[Expectation] = []
    if column.pattern:
        regex = re.sub(r"\((?!\?)", "(?:", column.pattern)
        found.append(gxe.ExpectColumnValuesToMatchRegex(regex=regex, **meta))
    if column.not_value:
        found.append(gxe.ExpectColumnValuesToNotBeInSet(value_set=[column.not_value], **meta))
    if column.min is not None or column.max is not None:
        found.append(
            gxe.ExpectColumnValuesToBeBetween(min_value=column.min, max_value=column.max, **meta)
        )
    if column.above is not None:
        found.append(
            gxe.ExpectColumnValuesToBeBetween(min_value=column.above, strict_min=True, **meta)
        )
    if column.max_length is not None:
        found.append(gxe.ExpectColumnValueLengthsToBeBetween(max_value=column.max_length, **meta))
    return found


def _known(column: Column) -> list["Expectation"]:
    from great_expectations.expectations import ExpectColumnValuesToBeInSet

    if not column.code_list:
        return []
    accepted = [*lives(column.code_list), *column.also]
    return [ExpectColumnValuesToBeInSet(value_set=accepted, **_meta("G04", column))]


def _unique(contract: Contract) -> "Expectation":
    from great_expectations.expectations import ExpectCompoundColumnsToBeUnique

    return ExpectCompoundColumnsToBeUnique(
        column_list=["index", *contract.key],
        ignore_row_if="any_value_is_missing",
        severity=SEVERITIES[ERROR],
        meta={"rule": "G05", "severity": ERROR, "columns": list(contract.key)},
    )


def _boolean(check: Check) -> "Expectation":
    from great_expectations.expectations import ExpectColumnValuesToBeInSet

    return ExpectColumnValuesToBeInSet(
        column=check.id,
        value_set=[True],
        severity=SEVERITIES[check.severity],
        meta={"rule": check.rule, "severity": check.severity, "columns": list(check.columns)},
    )


def _run(frame: pd.DataFrame, expectations: Sequence["Expectation"]) -> list[Hit]:
    """Which rows break which expectation; rows are asked for only of those that are broken."""
    hits = []
    broken = [r.expectation_config.to_domain_obj() for r in judged(frame, expectations)]
    for result in judged(frame, broken, rows=True):
        meta, kind = result.expectation_config.meta, _kind(result.expectation_config)
        columns = tuple(meta["columns"])
        for row in result.result["unexpected_index_list"]:
            hits.append(Hit(row, meta["rule"], meta["severity"], columns, kind))
    return hits


def judged(
    frame: pd.DataFrame,
    expectations: Sequence["Expectation"],
    *,
    rows: bool = False,
    name: str = "form",
) -> list[Any]:
    """The broken ones of one validation."""
    import great_expectations as gx

    if not expectations:
        return []
    batch = _rows().get_batch({"dataframe": frame})
    suite = gx.ExpectationSuite(name=name, expectations=list(expectations))
    results = batch.validate(suite, result_format="COMPLETE" if rows else "BOOLEAN_ONLY").results
    for result in results:
        meta = result.expectation_config.meta if result.expectation_config else {}
        if result.exception_info["raised_exception"]:
            raise RuntimeError(f"{meta['rule']} on {meta['columns']} could not be judged")
    return [r for r in results if not r.success]


@cache
def _rows() -> "BatchDefinition[Any]":
    """What is judged, in memory: no files, no progress, nothing sent home.

    Made once in a process: it takes as long as judging some twenty expectations.
    """
    import great_expectations as gx
    from great_expectations.data_context.types.base import (
        DataContextConfig,
        InMemoryStoreBackendDefaults,
        ProgressBarsConfig,
    )

    config = DataContextConfig(
        store_backend_defaults=InMemoryStoreBackendDefaults(),
        analytics_enabled=False,
        progress_bars=ProgressBarsConfig(globally=False),
    )
    context = gx.get_context(mode="ephemeral", project_config=config)
    asset = context.data_sources.add_pandas("returns").add_dataframe_asset("rows")
    return asset.add_batch_definition_whole_dataframe("all")


def _unmarked(hits: Sequence[Hit], stacked: pa.Table) -> list[Hit]:
    """Without cells the reader has objected to already (G02): one fault, one finding."""
    marks = stacked["_marked"].to_pylist()
    return [h for h in hits if h.columns[0] not in (marks[h.row] or "").split(",")]
