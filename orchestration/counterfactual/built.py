"""The models of the last dbt build, so that some of them can be built again on other rows."""

import json
from dataclasses import dataclass
from pathlib import Path

import duckdb

# As dbt names the database of the file that it writes; what is built again bears the same name.
DATABASE = "warehouse"
SEEDS = """
    select table_name from duckdb_tables()
    where database_name = 'built' and schema_name = 'seeds'
"""
MACROS = """
    select function_name, parameters, macro_definition from duckdb_functions()
    where database_name = 'built' and not internal
"""


@dataclass(frozen=True, kw_only=True)
class Model:
    """One table of the warehouse.

    Attributes:
        name: of the model or seed.
        schema: where it stands.
        sql: the query that dbt compiled; empty for a seed.
        parents: names of the models and seeds it reads.
    """

    name: str
    schema: str
    sql: str
    parents: tuple[str, ...]

    @property
    def table(self) -> str:
        """Its qualified name within a database."""
        return f"{self.schema}.{self.name}"


def models_for(dbt_target: Path, goal: str) -> list[Model]:
    """The goal and what it is made from, parents first, as dbt last compiled them.

    The queries are read from the files that dbt leaves: its manifest holds those of the last
    selection only.
    """
    nodes = json.loads((dbt_target / "manifest.json").read_text(encoding="utf-8"))["nodes"]
    ordered: dict[str, Model] = {}

    def add(node_id: str) -> None:
        node = nodes[node_id]
        if node["name"] in ordered:
            return
        above = [n for n in node["depends_on"].get("nodes", ()) if n in nodes]
        for parent in above:
            add(parent)
        ordered[node["name"]] = Model(
            name=node["name"],
            schema=node["schema"],
            sql="" if node["resource_type"] == "seed" else _compiled(dbt_target, node),
            parents=tuple(nodes[n]["name"] for n in above),
        )

    add(next(n for n, node in nodes.items() if node["name"] == goal))
    return list(ordered.values())


def _compiled(dbt_target: Path, node: dict[str, str]) -> str:
    path = dbt_target / "compiled" / node["package_name"] / node["original_file_path"]
    return path.read_text(encoding="utf-8")


def touched_by(models: list[Model], *changed: str) -> list[Model]:
    """Those of the models that are made from the changed ones, in their order."""
    names = set(changed)
    found = []
    for model in models:
        if not names.isdisjoint(model.parents):
            names.add(model.name)
            found.append(model)
    return found


def open_copy(con: duckdb.DuckDBPyConnection, models: list[Model]) -> None:
    """Use an empty database in memory that has the schemas, seeds and functions of `built`."""
    con.execute(f"attach ':memory:' as {DATABASE}; use {DATABASE}")
    for schema in dict.fromkeys(m.schema for m in models):
        con.execute(f"create schema {schema}")
    for (name,) in con.execute(SEEDS).fetchall():
        con.execute(f"create view seeds.{name} as from built.seeds.{name}")
    for name, parameters, definition in con.execute(MACROS).fetchall():
        con.execute(f"create macro {name}({', '.join(parameters)}) as {definition}")


def close_copy(con: duckdb.DuckDBPyConnection) -> None:
    """Drop that database."""
    con.execute(f"use memory; detach {DATABASE}")
