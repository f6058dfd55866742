"""What the data site costs to build and to open: prints a table.

`python tests/benchmarks/site.py <home>` builds the sites of the home's current release anew, then
opens pages of the first on loopback. Memory is the peak of the largest process. First paint and
first chart are counted from the request, each time in a new window without a cache; the median of
the rounds.
"""

import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from browser import DESK, JIJIAN, Visit, chromium, served, window

AUDIENCES = ("internal", "wide")
PATHS = ("/", "/leads", "/cases", "/conduct")
ROUNDS = 5
PAINTED = "() => performance.getEntriesByName('first-contentful-paint')[0].startTime"
CHARTED = "() => document.querySelector('.chart canvas, .chart svg') && performance.now()"


def build(home: Path, audience: str) -> str:
    """One line: seconds and memory of a build."""
    begun = time.monotonic()
    command = [JIJIAN, "--home", str(home), "site", "--audience", audience, "--force"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    seconds = time.monotonic() - begun
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024**2
    site = home / "releases" / "current" / "site" / audience
    pages = len(list(site.rglob("index.html")))
    size = sum(p.stat().st_size for p in site.rglob("*") if p.is_file()) / 1024**2
    return f"{audience}\t{pages} 页\t{seconds:.0f} 秒\t内存峰值 {peak:.1f} GB\t{size:.0f} MB"


def opening(home: Path) -> list[str]:
    """A line per page: milliseconds to the first paint and to the first chart."""
    lines = []
    with served(home, AUDIENCES[0]) as address, chromium() as browser:
        for path in PATHS:
            painted, charted = [], []
            for _ in range(ROUNDS):
                with window(browser, Visit(), DESK) as context:
                    page = context.new_page()
                    page.goto(address + path, wait_until="commit")
                    charted.append(page.wait_for_function(CHARTED).json_value())
                    painted.append(page.evaluate(PAINTED))
            lines.append(
                f"{path}\t首次绘制 {statistics.median(painted):.0f} 毫秒"
                f"\t首张图 {statistics.median(charted):.0f} 毫秒"
            )
    return lines


def main() -> None:
    home = Path(sys.argv[1])
    for audience in AUDIENCES:
        print(build(home, audience), flush=True)
    print("\n".join(opening(home)))


if __name__ == "__main__":
    main()
