"""Which code made something: a figure that cannot be made again cannot be defended."""

import hashlib
from functools import cache
from importlib.metadata import version

from orchestration.settings import PROJECT

SOURCES = ("expectations", "orchestration", "dbt_project", "reports", "requirements.txt")
# What tools leave beside the sources; no part of the program.
MADE = {"__pycache__", ".user.yml", "node_modules", "target", "logs", ".evidence", "build"}


@cache
def code_version() -> str:
    """The package's version and 12 hex digits over every source file, as `0.1.0+3f2a…`.

    Independent of git, so that a copied folder answers like a clone.
    """
    digest = hashlib.sha256()
    for top in SOURCES:
        place = PROJECT / top
        files = [place] if place.is_file() else sorted(p for p in place.rglob("*") if p.is_file())
        for file in files:
            name = file.relative_to(PROJECT)
            if not MADE.intersection(name.parts):
                digest.update(f"{name.as_posix()}\0".encode())
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    return f"{version('jijian')}+{digest.hexdigest()[:12]}"
