"""How long the queries of the site and of the cookbook take: `queried.py RELEASE`.

Each runs thirty times after one that counts not; all rows are fetched.
"""

import statistics
import sys
import time
from pathlib import Path

import duckdb

ROOT = Path(__file__).parents[2]
PLACES = ("reports/sources/internal", "reports/analysts/cookbook")
TIMES = 30


def milliseconds(con: duckdb.DuckDBPyConnection, sql: str) -> list[float]:
    """How long each run took."""
    found = []
    for _ in range(TIMES + 1):
        begun = time.perf_counter()
        con.execute(sql).to_arrow_table()
        found.append((time.perf_counter() - begun) * 1000)
    return found[1:]


def main(release: Path) -> None:
    """Print a line for each query, and one for the most of them together."""
    print("| 查询 | 中位数（毫秒） | 第 95 百分位（毫秒） |\n|---|---:|---:|")
    with duckdb.connect(str(release / "jijian.duckdb"), read_only=True) as con:
        for place in PLACES:
            taken: list[float] = []
            for path in sorted((ROOT / place).glob("*.sql")):
                found = milliseconds(con, path.read_text(encoding="utf-8"))
                taken += found
                _line(f"{Path(place).name}/{path.stem}", found)
            _line(f"{Path(place).name}：全部", taken)


def _line(what: str, found: list[float]) -> None:
    p95 = statistics.quantiles(found, n=20)[18]
    print(f"| {what} | {statistics.median(found):.1f} | {p95:.1f} |")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
