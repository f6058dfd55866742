"""The dbt models as assets: one op, the only writer of the warehouse."""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DbtCliResource, DbtProject, dbt_assets

from orchestration.defs.partitions import Cut, Writer, periods
from orchestration.settings import DBT_PROJECT, home
from orchestration.warehouse import manifest_is_stale

project = DbtProject(project_dir=DBT_PROJECT, profiles_dir=DBT_PROJECT)
# The dbt of this environment, also when its folder is not on PATH.
DBT = str(Path(sys.executable).with_name("dbt"))
if manifest_is_stale(project.manifest_path):
    DbtCliResource(project_dir=project, dbt_executable=DBT).cli(
        ["parse", "--quiet"], target_path=project.manifest_path.parent
    ).wait()


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
    partitions_def=periods,
    dagster_dbt_translator=Groups(),
    pool="warehouse",
)
def marts(context: dg.AssetExecutionContext, dbt: DbtCliResource, config: Cut) -> Iterator[Any]:
    """Build everything from seeds to marts, then test it."""
    place = home()
    variables = json.dumps(
        {"raw": str(place.raw), "as_of": config.as_of, "period": context.partition_key}
    )
    dbt.cli(["seed", "--vars", variables]).wait()
    yield from dbt.cli(["build", "--vars", variables], context=context).stream()


@dg.definitions
def defs() -> dg.Definitions:
    """The resources of a run: the dbt command line, and the right to write the warehouse."""
    return dg.Definitions(
        resources={
            "dbt": DbtCliResource(project_dir=project, dbt_executable=DBT),
            "writer": Writer(),
        }
    )
