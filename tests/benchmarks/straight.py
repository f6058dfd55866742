"""Execute what dbt compiled straight in DuckDB: `straight.py TARGET WAREHOUSE`."""

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import duckdb


def copy_of(warehouse: Path, copy: Path) -> Path:
    """The warehouse as dbt left it: its rule functions and seeds are there already."""
    shutil.copyfile(warehouse, copy)
    return copy


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
    nodes = {k: n for k, n in manifest["nodes"].items() if n["resource_type"] in kinds}
    with duckdb.connect(str(warehouse), config={"threads": 2}) as db:
        for node in in_order(nodes):
            sql = (target.parent / node["compiled_path"]).read_text(encoding="utf-8")
            if node["resource_type"] == "model":
                kind = "view" if node["config"]["materialized"] == "view" else "table"
                name = f'"{node["schema"]}"."{node["name"]}"'
                db.execute(f"create or replace {kind} {name} as {sql}")
            else:
                db.execute(f"select count(*) from ({sql})").fetchall()
    return len(nodes)


if __name__ == "__main__":
    print(execute(Path(sys.argv[1]), Path(sys.argv[2])))
