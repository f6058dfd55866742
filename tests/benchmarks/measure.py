"""What Jijian's work costs beside the plainest thing that could do it: prints a table.

`make bench` runs it; nothing here is collected by pytest. Every line is the median of the rounds,
each in a process of its own, so that start-up counts. CPU is that of the process and its
children.
"""

import argparse
import csv
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
PROJECT = HERE.parents[1]
BIN = Path(sys.executable).parent
PERIOD = "2023-07"
MANY = 1000  # the sample has no more wide workbooks


@dataclass(frozen=True, kw_only=True)
class Cost:
    """Seconds by the clock and of processor time, and the most memory held, in GiB."""

    wall: float
    cpu: float
    peak: float


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the table; `beside` is what its ratio is taken to."""

    what: str
    cost: Cost
    beside: Cost | None = None
    target: str = ""


def measured(command: Sequence[str | Path], **environment: str) -> Cost:
    """Run one command to its end; RuntimeError if it fails."""
    begun = time.monotonic()
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(
            [str(c) for c in command],
            stdout=said,
            stderr=subprocess.STDOUT,
            env=os.environ | environment,
            cwd=PROJECT,
        )
        _, status, used = os.wait4(child.pid, 0)
        wall = time.monotonic() - begun
        child.returncode = os.waitstatus_to_exitcode(status)
        returned = "receive" in command and child.returncode == 1  # which is no failure
        if child.returncode and not returned:
            said.seek(0)
            raise RuntimeError(said.read().decode(errors="replace")[-2000:])
    return Cost(wall=wall, cpu=used.ru_utime + used.ru_stime, peak=used.ru_maxrss / 1024**2)


def median(costs: Sequence[Cost]) -> Cost:
    """The median of each number by itself."""
    return Cost(
        **{n: statistics.median(getattr(c, n) for c in costs) for n in ("wall", "cpu", "peak")}
    )


def repeated(rounds: int, *jobs: Callable[[int], Cost]) -> list[Cost]:
    """The median of each job; the jobs take turns, so that a busy machine slows all alike."""
    found: list[list[Cost]] = [[] for _ in jobs]
    for nth in range(rounds):
        for costs, job in zip(found, jobs, strict=True):
            costs.append(job(nth))
    return [median(costs) for costs in found]


def jijian(home: Path, *words: str | Path) -> list[str | Path]:
    """A call of the command line."""
    return [BIN / "jijian", "--home", home, *words]


def reading(folder: Path, rounds: int) -> list[Line]:
    """Receive everything, beside merely reading the same files with two libraries."""
    sample = folder / "sample_home"
    made = measured(jijian(sample, "sample"))
    plan, inbox = sample / "sample" / "plan.csv", sample / "inbox"
    count = sum(1 for _ in inbox.rglob("*.xlsx"))
    received, openpyxl, calamine = repeated(
        rounds,
        lambda nth: measured(jijian(folder / f"home{nth}", "receive", "--plan", plan)),
        lambda _: measured([sys.executable, HERE / "merely_read.py", "openpyxl", inbox]),
        lambda _: measured([sys.executable, HERE / "merely_read.py", "calamine", inbox]),
    )
    return [
        Line(what=f"sample：写出 {count} 册", cost=made),
        Line(what="只读：pandas+openpyxl", cost=openpyxl),
        Line(what="只读：python-calamine", cost=calamine),
        Line(what="receive，对 openpyxl", cost=received, beside=openpyxl, target="≤ 1"),
        Line(what="receive，对 calamine", cost=received, beside=calamine),
    ]


def receipts(folder: Path, count: int, rounds: int) -> list[Line]:
    """Receipts for so many wide workbooks beside merely reading them, and of one long workbook."""
    wide, long = folder / "wide_home", folder / "long_home"
    for home, rows, books in ((wide, 200, count), (long, 5000, 1)):
        measured(jijian(home, "sample", "--from", _first(books)))
        measured([sys.executable, HERE / "widened.py", home, str(rows), str(books)])
    inbox, plan = wide / "inbox", wide / "sample" / "plan.csv"
    received, openpyxl, calamine = repeated(
        rounds,
        lambda nth: measured(jijian(folder / f"wide{nth}", "receive", "--plan", plan)),
        lambda _: measured([sys.executable, HERE / "merely_read.py", "openpyxl", inbox]),
        lambda _: measured([sys.executable, HERE / "merely_read.py", "calamine", inbox]),
    )
    plan_of_long = long / "sample" / "plan.csv"
    (one,) = repeated(
        rounds,
        lambda nth: measured(jijian(folder / f"long{nth}", "receive", "--plan", plan_of_long)),
    )
    what = f"{len(_rows(plan))} 册各 200 行"
    # Of few books the start of the program is the most.
    target = ("< 1", "≤ 5") if count == MANY else ("", "")
    return [
        Line(what=f"{what}，只读：pandas+openpyxl", cost=openpyxl),
        Line(what=f"{what}，只读：python-calamine", cost=calamine),
        Line(what=f"{what}，回执，对 openpyxl", cost=received, beside=openpyxl, target=target[0]),
        Line(what=f"{what}，回执，对 calamine", cost=received, beside=calamine, target=target[1]),
        Line(what="一册 5000 行 → 回执", cost=one, target="≤ 10 秒"),
    ]


def _first(books: int) -> str:
    """The month from which the sample has so many workbooks with the ledger: over 33 a month."""
    months = int(PERIOD[:4]) * 12 + int(PERIOD[5:]) - 1 - books // 33
    return f"{months // 12}-{months % 12 + 1:02}"


def one_return(folder: Path, rounds: int) -> list[Line]:
    """The whole way once, then the last workbook alone: its receipt and the next release."""
    plan = folder / "sample_home" / "sample" / "plan.csv"
    *most, last = _rows(plan)
    home, part = folder / "whole_home", plan.with_name("part.csv")
    with part.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=("path", "received_at"))
        writer.writeheader()
        writer.writerows(most)
    measured(jijian(home, "receive", "--plan", part))
    first = measured(jijian(home, "run", "--period", PERIOD))
    path = (plan.parent / last["path"]).resolve()
    at = last["received_at"]
    (cold,) = repeated(
        rounds,
        lambda nth: measured(
            jijian(home if nth == 0 else folder / f"one{nth}", "receive", path, "--received-at", at)
        ),
    )
    again = measured(jijian(home, "run", "--period", PERIOD))
    written, noticed = repeated(
        rounds,
        lambda _: measured(jijian(home, "report", "--period", PERIOD, "--force")),
        lambda _: measured(jijian(home, "report", "--period", PERIOD, "--notices")),
    )
    return [
        Line(what=f"run {PERIOD}：入库到发布，首次", cost=first),
        Line(what="投入一册 → 回执（冷启动）", cost=cold, target="≤ 10 秒"),
        Line(what="一册有变 → 新发布（不含站点）", cost=again, target="≤ 60 秒"),
        Line(what="report：通报、一页纸、素材、统计表、督办清单", cost=written),
        Line(what="report --notices：通报已有，全部单位提示函", cost=noticed, target="≤ 20 秒"),
    ]


def _rows(plan: Path) -> list[dict[str, str]]:
    with plan.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return sorted(rows, key=lambda r: r["received_at"])


def dbt(warehouse: Path, target: Path, raw: Path, *words: str) -> Cost:
    """One command of dbt on a warehouse."""
    return measured(
        [
            *(BIN / "dbt", *words, "--quiet", "--project-dir", PROJECT / "dbt_project"),
            *("--profiles-dir", PROJECT / "dbt_project", "--target-path", target),
            *("--log-path", target),
            *("--vars", f'{{"raw": "{raw}", "period": "{PERIOD}"}}'),
        ],
        JIJIAN_WAREHOUSE=str(warehouse),
        DBT_SEND_ANONYMOUS_USAGE_STATS="false",
    )


def reporting(folder: Path, rounds: int) -> list[Line]:
    """The bulletin as Word file and PDF, beside loading what it takes and reading its period."""
    release = (folder / "whole_home" / "releases" / "current").resolve()
    write: list[str | Path] = [sys.executable, HERE / "bulletin.py", release, PERIOD, folder]
    load: list[str | Path] = [
        *(sys.executable, HERE / "merely_loaded.py", release / "jijian.duckdb", PERIOD)
    ]
    loaded, written = repeated(rounds, lambda _: measured(load), lambda _: measured(write))
    return [
        Line(what="装载绘图、排版程序，读一期数字", cost=loaded),
        Line(what="通报（docx、PDF）", cost=written, beside=loaded, target="≤ 5 秒"),
    ]


def building(folder: Path, rounds: int) -> list[Line]:
    """`dbt build` beside executing the SQL it compiled straight in DuckDB."""
    from straight import copy_of

    home = folder / "whole_home"
    warehouse, target = home / "warehouse" / "warehouse.duckdb", folder / "target"
    only = ("--exclude-resource-type", "seed", "--exclude-resource-type", "unit_test")
    built, straight = repeated(
        rounds,
        lambda _: dbt(warehouse, target, home / "raw", "build", *only),
        lambda nth: measured(
            [
                *(sys.executable, HERE / "straight.py", target),
                copy_of(warehouse, folder / f"straight{nth}"),
            ]
        ),
    )
    return [
        Line(what="编译出的 SQL 直接在 DuckDB 执行", cost=straight),
        Line(what="dbt build（模型与检验）", cost=built, beside=straight),
    ]


def volume(folder: Path) -> list[Line]:
    """The warehouse and the checks at many times the district's volume, once each."""
    home = folder / "whole_home"
    lines: list[Line] = []
    for factor, name in ((1, "本区"), (100, "本区的 100 倍")):
        raw, place = home / "raw", folder / f"times{factor}"
        place.mkdir()
        if factor > 1:
            raw = place / "raw"
            measured([sys.executable, HERE / "grown.py", home / "raw", str(factor), raw])
        warehouse = place / "warehouse.duckdb"
        dbt(warehouse, place / "target", raw, "seed")
        cost = dbt(warehouse, place / "target", raw, "build", "--exclude", "rpt_findings+")
        first = lines[0].cost if lines else None
        lines.append(Line(what=f"dbt build，{name}", cost=cost, beside=first))
    checked = folder / "checked_home"
    measured([sys.executable, HERE / "grown.py", home / "raw", "8", checked / "raw"])
    cost = measured([sys.executable, HERE / "checked.py", checked])
    what = "全部检验：契约与核对，8 倍（约 100 单位 × 60 个月）"
    return [*lines, Line(what=what, cost=cost, target="≤ 60 秒")]


def table(lines: Sequence[Line]) -> str:
    """The lines as a Markdown table."""
    said = [
        "| 项目 | 用时（秒） | CPU（秒） | 内存（GiB） | 用时之比 | 目标 |",
        "|---|---:|---:|---:|---:|---|",
    ]
    for line in lines:
        ratio = f"{line.cost.wall / line.beside.wall:.2f}" if line.beside else ""
        cost = line.cost
        numbers = f"{cost.wall:.1f} | {cost.cpu:.1f} | {cost.peak:.1f} | {ratio}"
        said.append(f"| {line.what} | {numbers} | {line.target} |")
    return "\n".join(said)


def main() -> None:
    """Measure everything and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=("reading",), help="leave the release out")
    parser.add_argument("--books", type=int, default=100, help=f"wide workbooks; at most {MANY}")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="jijian-bench-") as name:
        lines = reading(Path(name), asked.rounds)
        lines += receipts(Path(name), asked.books, asked.rounds)
        if not asked.only:
            lines += one_return(Path(name), asked.rounds)
            lines += reporting(Path(name), asked.rounds)
            lines += building(Path(name), asked.rounds)
            lines += volume(Path(name))
    print(table(lines))


if __name__ == "__main__":
    main()
