"""How long the queries on the marts take: `queries.py RELEASE`.

Those that most pages read, as the pages' sources run them, and those of the analysts' cookbook,
thirty rounds by turns; milliseconds, the slowest first.
"""

import re
import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import duckdb

from orchestration.analysts import COOKBOOK
from orchestration.settings import REPORTS
from orchestration.site.build import lay_database
from orchestration.site.sources import standalone

ROUNDS, MOST_USED = 30, 20


def most_used() -> list[str]:
    """The queries that the most pages read; ties in the order of their names."""
    pages = [p.read_text(encoding="utf-8") for p in sorted(REPORTS.glob("pages/**/*.md"))]
    read = Counter(name for page in pages for name in set(re.findall(r"from site\.(\w+)", page)))
    return [name for name, _ in sorted(read.items(), key=lambda n: (-n[1], n[0]))][:MOST_USED]


def timed(release: Path) -> dict[str, list[float]]:
    """Milliseconds of each round by query."""
    queries = {name: standalone(REPORTS / "queries", name) for name in most_used()}
    queries |= {p.stem: p.read_text(encoding="utf-8") for p in COOKBOOK.glob("*.sql")}
    found: dict[str, list[float]] = {name: [] for name in queries}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "jijian.duckdb"
        lay_database(release, path)
        with duckdb.connect(str(path), read_only=True) as con:
            for _ in range(ROUNDS):
                for name, text in queries.items():
                    begun = time.perf_counter()
                    con.execute(text).fetchall()
                    found[name].append((time.perf_counter() - begun) * 1000)
    return found


def p95(some: list[float]) -> float:
    """The value that 95 of 100 stay below."""
    return statistics.quantiles(some, n=20)[-1]


if __name__ == "__main__":
    times = timed(Path(sys.argv[1]))
    for name, some in sorted(times.items(), key=lambda t: -max(t[1])):
        print(f"{name:24} p50 {statistics.median(some):7.1f}  p95 {p95(some):7.1f}")
    print(f"{'all':24} p95 {p95([t for some in times.values() for t in some]):7.1f}")
