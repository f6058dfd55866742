"""Several processes that want the parsed dbt project at once: one parses, all read it whole."""

import json
import subprocess
import sys
from pathlib import Path

ONE = """
import json, sys
from pathlib import Path
from dagster_dbt import DbtCliResource
from orchestration.parsing import keep_parsed
from orchestration.settings import DBT_PROJECT
dbt = DbtCliResource(
    project_dir=DBT_PROJECT, profiles_dir=DBT_PROJECT,
    dbt_executable=str(Path(sys.executable).with_name("dbt")),
)
def parse(folder):
    print("parsed")
    dbt.cli(["parse", "--quiet"], target_path=folder).wait()
manifest = Path(sys.argv[1])
keep_parsed(manifest, parse)
print(len(json.loads(manifest.read_bytes())["nodes"]))
"""


def test_processes_that_start_at_once_parse_once_and_all_read_a_whole_manifest(
    tmp_path: Path,
) -> None:
    manifest = tmp_path / "target" / "manifest.json"
    told = [sys.executable, "-c", ONE, str(manifest)]
    processes = [subprocess.Popen(told, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    lines = [line for p in processes for line in p.communicate()[0].splitlines()]

    assert [p.returncode for p in processes] == [0, 0, 0]
    nodes = str(len(json.loads(manifest.read_bytes())["nodes"]))
    assert sorted(lines) == sorted([nodes] * 3 + ["parsed"])
