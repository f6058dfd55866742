"""The dbt models as assets: one op, the only writer of the warehouse."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import dagster as dg
from dagster_dbt import (
    DagsterDbtTranslator,
    DbtCliInvocation,
    DbtCliResource,
    DbtProject,
    dbt_assets,
)

from orchestration.defs.partitions import Cut, periods
from orchestration.parsing import keep_parsed
from orchestration.progress import counted, step
from orchestration.release.earlier import land_earlier
from orchestration.settings import DBT_PROJECT, home
from orchestration.warehouse import seeds_are_stale, table_sizes

project = DbtProject(project_dir=DBT_PROJECT, profiles_dir=DBT_PROJECT)
# What reads what was judged and counted after the models, and what is made of that.
FINDINGS = "rpt_findings+ rpt_figure_rows rpt_correction_moves"
KILLED_WITHIN = 10  # seconds
# The dbt of this environment, also when its folder is not on PATH.
DBT = str(Path(sys.executable).with_name("dbt"))


@contextmanager
def _ending(dbt: DbtCliInvocation) -> Iterator[DbtCliInvocation]:
    """Whatever ends this ends its dbt too, which would go on and hold the warehouse."""
    try:
        yield dbt
    except subprocess.TimeoutExpired:  # Dagster has told it to end, and it goes on
        raise KeyboardInterrupt from None
    finally:
        dbt.process.kill()
        # In bounds: an interrupted wait before this one may hold the lock of all waits.
        with suppress(subprocess.TimeoutExpired):
            dbt.process.wait(timeout=KILLED_WITHIN)


def _parse(folder: Path) -> None:
    parsing = DbtCliResource(project_dir=project, dbt_executable=DBT)
    with _ending(parsing.cli(["parse", "--quiet"], target_path=folder)) as begun:
        begun.wait()


keep_parsed(project.manifest_path, _parse)


class Groups(DagsterDbtTranslator):
    """Assets are grouped by layer, and a source table is the raw asset of its form."""

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str:
        """The layer: seeds, staging, intermediate, marts, reconciliations."""
        fqn = dbt_resource_props["fqn"]
        return "seeds" if dbt_resource_props["resource_type"] == "seed" else fqn[1]

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> dg.AssetKey:
        """The table's own name; `raw/<form>` for a source."""
        name = dbt_resource_props["name"]
        is_source = dbt_resource_props["resource_type"] == "source"
        return dg.AssetKey(["raw", name] if is_source else [name])


@dbt_assets(
    manifest=project.manifest_path,
    project=project,
    exclude=FINDINGS,
    partitions_def=periods,
    dagster_dbt_translator=Groups(),
    pool="warehouse",
)
def marts(context: dg.AssetExecutionContext, dbt: DbtCliResource, cut: Cut) -> Iterator[Any]:
    """Build everything from seeds to marts but the findings, then test it."""
    place = home()
    known = datetime.fromisoformat(cut.as_of)
    with step("计算"):
        land_earlier(place, context.partition_key, known)
        if seeds_are_stale(place):
            # Anew: a table that is there keeps its columns, and a seed may have got another.
            told = ["seed", "--full-refresh", *_told(context, cut)]
            with _ending(dbt.cli(told, target_path=place.dbt_target)) as seeding:
                seeding.wait()
        yield from _built(context, dbt, cut)


@dbt_assets(
    manifest=project.manifest_path,
    project=project,
    select=FINDINGS,
    partitions_def=periods,
    dagster_dbt_translator=Groups(),
    pool="warehouse",
    name="findings",
)
def findings(context: dg.AssetExecutionContext, dbt: DbtCliResource, cut: Cut) -> Iterator[Any]:
    """Build the findings and their counts from what was judged: a second selection of one project.

    An op of its own, because a blocking check stops only what is not in its own op.
    """
    with step("汇总发现"):
        yield from _built(context, dbt, cut)


def _built(context: dg.AssetExecutionContext, dbt: DbtCliResource, cut: Cut) -> Iterator[Any]:
    """What dbt did of the op's selection, with progress by table."""
    told = ["build", *_told(context, cut)]
    # One folder for both selections: the second does not parse the project again.
    building = dbt.cli(told, context=context, target_path=home().dbt_target)
    kinds = (dg.Output, dg.AssetMaterialization)
    events = counted(building.stream(), kinds, len(context.selected_asset_keys), "个模型")
    return _sized(building, events)


def _sized(building: DbtCliInvocation, events: Iterator[Any]) -> Iterator[Any]:
    """The events with row counts, told when dbt is done: before, it holds the warehouse."""
    held: list[Any] = []
    failure = None
    try:
        with _ending(building):
            held.extend(events)
    except Exception as error:  # what was built before the failure is told all the same
        failure = error
    rows = table_sizes(home()) if held else {}
    for event in held:
        if isinstance(event, dg.Output) and event.output_name in rows:
            size = {"dagster/row_count": rows[event.output_name]}
            yield event.with_metadata({**event.metadata, **size})
        else:
            yield event
    if failure:
        raise failure


def _told(context: dg.AssetExecutionContext, cut: Cut) -> list[str]:
    place = str(home().raw)
    told = {"raw": place, "as_of": cut.as_of, "period": context.partition_key}
    return ["--vars", json.dumps(told)]


@dg.definitions
def defs() -> dg.Definitions:
    """The resources of a run: the dbt command line, and the right to write the warehouse."""
    return dg.Definitions(
        resources={
            "dbt": DbtCliResource(project_dir=project, dbt_executable=DBT),
            "cut": Cut.configure_at_launch(),
        }
    )
