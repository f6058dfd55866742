"""Judge everything that has landed, and every reconciliation: `checked.py HOME`."""

import json
import os
import subprocess
import sys
from pathlib import Path

from expectations.contract import contracts
from orchestration.intake.landing.recheck import recheck
from orchestration.quality import judge_reconciliations
from orchestration.settings import DBT_PROJECT, Home

PERIOD = "2023-07"


def check(home: Home) -> tuple[int, int]:
    """Rows judged by the contracts' suites, and failing rows of the reconciliations."""
    rows = sum(recheck(home, contract, PERIOD).row_count for contract in contracts().values())
    home.warehouse.parent.mkdir(parents=True, exist_ok=True)
    for words in (("seed",), ("run", "--select", "+path:models/reconciliations")):
        _dbt(home, *words)
    return rows, sum(v.failing_count for v in judge_reconciliations(home, PERIOD))


def _dbt(home: Home, *words: str) -> None:
    subprocess.run(
        [
            *(str(Path(sys.executable).with_name("dbt")), *words, "--quiet"),
            *("--project-dir", str(DBT_PROJECT), "--profiles-dir", str(DBT_PROJECT)),
            *("--target-path", str(home.dbt_target), "--log-path", str(home.dbt_target)),
            *("--vars", json.dumps({"raw": str(home.raw), "period": PERIOD})),
        ],
        env=os.environ | {"JIJIAN_WAREHOUSE": str(home.warehouse)},
        check=True,
    )


if __name__ == "__main__":
    print(*check(Home(Path(sys.argv[1]))))
