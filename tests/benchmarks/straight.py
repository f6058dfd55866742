"""Execute what dbt compiled straight in DuckDB: `straight.py TARGET WAREHOUSE`."""

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import duckdb


def copy_of(warehouse: Path, folder: Path) -> Path:
    """The warehouse as dbt left it, under the name that the compiled SQL uses.

    Its rule functions and seeds are there already.
    """
    folder.mkdir()
    return Path(shutil.copy(warehouse, folder))


def in_order(nodes: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """The models and tests so that each comes after what it reads."""
    found: dict[str, dict[str, Any]] = {}

    def add(name: str) -> None:
        if name in nodes and name not in found:
            for other in nodes[name]["depends_on"]["nodes"]:
                add(other)
            found[name] = nodes[name]

    for name in nodes:
        add(name)
    return list(found.values())


def execute(target: Path, warehouse: Path) -> int:
    """Create every model and run every test; the number of statements."""
    manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    kinds = ("model", "test")
    built = {k: n for k, n in manifest["nodes"].items() if n["resource_type"] in kinds}
    nodes = {k: n for k, n in built.items() if n.get("compiled_code")}
    with duckdb.connect(str(warehouse), config={"threads": 2}) as db:
        for node in in_order(nodes):
            sql = node["compiled_code"]
            if node["resource_type"] == "model":
                kind = "view" if node["config"]["materialized"] == "view" else "table"
                name = f'"{node["schema"]}"."{node["name"]}"'
                db.execute(f"create or replace {kind} {name} as {sql}")
            else:
                db.execute(f"select count(*) from ({sql})").fetchall()
    return len(nodes)


if __name__ == "__main__":
    print(execute(Path(sys.argv[1]), Path(sys.argv[2])))
