"""Where things lie in the home folder. The only module that reads the environment."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Shanghai")  # of every moment written or shown
PROJECT = Path(__file__).parents[1]
DBT_PROJECT = PROJECT / "dbt_project"
REPORTS = PROJECT / "reports"


def clock() -> datetime:
    """The local moment to the second, for what is received now; nothing that counts asks for it."""
    return datetime.now(LOCAL).replace(tzinfo=None, microsecond=0)


@dataclass(frozen=True)
class Home:
    """The home folder: every path that the program reads or writes."""

    root: Path

    @property
    def inbox(self) -> Path:
        """Files to take; sub-folders allowed."""
        return self.root / "inbox"

    @property
    def originals(self) -> Path:
        """Every file handed in, by its SHA-256."""
        return self.root / "originals"

    @property
    def receipts(self) -> Path:
        """Receipts by period and unit."""
        return self.root / "receipts"

    @property
    def staged(self) -> Path:
        """What waits until the register knows of it; empty but after a kill."""
        return self.receipts / ".staged"

    @property
    def register(self) -> Path:
        """The only mutable state."""
        return self.root / "register.sqlite"

    @property
    def secret(self) -> Path:
        """The key of person_key, made once, mode 600."""
        return self.root / "secret.key"

    @property
    def raw(self) -> Path:
        """Typed Parquet by form and period, and the register as the models read it."""
        return self.root / "raw"

    @property
    def warehouse(self) -> Path:
        """The DuckDB file that dbt writes; nobody reads it but the pipeline."""
        return self.root / "warehouse" / "warehouse.duckdb"

    @property
    def dbt_log(self) -> Path:
        """What dbt printed in the last run that the command line started."""
        return self.root / "warehouse" / "dbt.log"

    @property
    def dbt_target(self) -> Path:
        """What dbt compiles and parses for this home; the project folder is only read."""
        return self.root / "warehouse" / "dbt"

    @property
    def quality(self) -> Path:
        """What the last run's checks found, in counts; a release keeps a copy."""
        return self.root / "warehouse" / "quality"

    @property
    def data_docs(self) -> Path:
        """Pages of the last run's checks for the data team; open `index.html`."""
        return self.root / "quality"

    @property
    def made(self) -> Path:
        """Which run made which release, so that no run is repeated."""
        return self.root / "warehouse" / "made.json"

    @property
    def lock(self) -> Path:
        """Held by whoever writes the warehouse, from landing to release."""
        return self.root / "jijian.lock"

    @property
    def intake_lock(self) -> Path:
        """Held by whoever receives; apart, so that a running build delays no receipt."""
        return self.root / "intake.lock"

    @property
    def releases(self) -> Path:
        """releases/<id>/ and the link `current`."""
        return self.root / "releases"

    @property
    def templates(self) -> Path:
        """The empty workbooks of each opened period, by period."""
        return self.root / "templates"

    @property
    def chasing(self) -> Path:
        """Who still owes what on the due day, by period."""
        return self.root / "chasing"

    @property
    def places(self) -> Path:
        """Where each unit leaves its returns, written by hand."""
        return self.root / "places.yml"

    @property
    def known_hosts(self) -> Path:
        """Public keys of the SFTP servers that returns are fetched from, as OpenSSH writes them."""
        return self.root / "known_hosts"

    @property
    def collect_lock(self) -> Path:
        """Held by whoever fetches from the units' places."""
        return self.root / "collect.lock"

    @property
    def sample(self) -> Path:
        """What is known about the sample district."""
        return self.root / "sample"


def variable(name: str) -> str | None:
    """A variable of the environment that the home's `places.yml` names."""
    return os.environ.get(name)


def home(root: Path | str | None = None) -> Home:
    """The home at `root`, else at JIJIAN_HOME, else `./data`."""
    return Home(Path(root or os.environ.get("JIJIAN_HOME") or "data").resolve())
