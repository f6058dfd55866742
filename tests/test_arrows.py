"""The one-way arrows between the packages, and what no file of the project may hold."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OURS = ("expectations", "orchestration", "reports")
MOST_LINES = 300

# Written in parts, so that this file does not hold what it looks for.
REGISTRIES = ("pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".", "debian" + ".org")
REGISTRIES += ("hub.getdbt" + ".com", "mirrors" + ".", "artifactory" + ".", "crates" + ".io")
NAMESPACES = frozenset(
    {
        "json-schema.org",
        "purl.oclc.org",
        "purl.org",
        "schemas.microsoft.com",
        "openoffice.org",
        "schemas.openxmlformats.org",
        "www.w3.org",
    }
)
PLANTED = frozenset({"110105194912310021", "11010519491231002x"})  # the standard's own example


@cache
def kept_files() -> tuple[Path, ...]:
    """What git keeps or would keep."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    found = tuple(ROOT / name for name in listed.stdout.split("\0") if name)
    return tuple(path for path in found if path.is_file())


@cache
def modules() -> tuple[Path, ...]:
    """The Python modules of the packages."""
    return tuple(
        p for p in kept_files() if p.suffix == ".py" and p.relative_to(ROOT).parts[0] in OURS
    )


def imported(path: Path) -> Iterator[str]:
    """Every module or name that a file imports, wherever in it, for types or for running."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            of = node.module if node.module and not node.level else "." * node.level
            yield from (f"{of}.{alias.name}" for alias in node.names)


def importers(*packages: str) -> set[str]:
    """The modules of ours that import one of the packages or anything inside them."""
    return {
        str(path.relative_to(ROOT))
        for path in modules()
        if any(name.split(".")[0] in packages for name in imported(path))
    }


def lines_with(pattern: str) -> list[str]:
    """Where a pattern stands in the kept files, as file:line: match."""
    look_for = re.compile(pattern)
    return [
        f"{path.relative_to(ROOT)}:{number}: {found[0]}"
        for path in kept_files()
        for number, line in enumerate(path.read_bytes().decode("utf-8", "replace").splitlines(), 1)
        for found in look_for.finditer(line)
    ]


def test_no_module_imports_relatively() -> None:
    assert not [p for p in modules() if any(n.startswith(".") for n in imported(p))]


def test_expectations_imports_nothing_of_ours() -> None:
    above = importers("orchestration", "reports")
    assert not [name for name in above if name.startswith("expectations/")]


def test_reports_imports_nothing_that_makes_a_release() -> None:
    beside = importers("orchestration", "expectations")
    assert not [name for name in beside if name.startswith("reports/")]


def test_only_the_wiring_imports_dagster() -> None:
    found = importers("dagster", "dagster_dbt")
    wiring = {name for name in found if name.startswith("orchestration/defs/")}
    assert wiring
    assert found - wiring == {"orchestration/definitions.py"}


@pytest.mark.parametrize("folder", ["orchestration", "orchestration/intake"])
def test_what_lies_in_a_folder_imports_each_other_one_way(folder: str) -> None:
    """graphlib raises CycleError, which names the circle."""
    depth = len(Path(folder).parts)
    needs: dict[str, set[str]] = {}
    for path in modules():
        place = path.relative_to(ROOT).with_suffix("")
        if place.is_relative_to(folder):
            parts = [found.split(".") for found in imported(path)]
            used = {p[depth] for p in parts if p[:depth] == [*Path(folder).parts] and p[depth:]}
            needs.setdefault(place.parts[depth], set()).update(used - {place.parts[depth]})
    assert list(TopologicalSorter(needs).static_order())


def test_only_suites_judgement_and_their_pages_import_great_expectations() -> None:
    found = importers("great_expectations")
    beside = {"expectations/judgement.py", "expectations/data_docs.py"}
    assert found == {"expectations/suites.py"} | beside


def test_every_module_is_short_enough_to_read() -> None:
    lengths = {p: len(p.read_text(encoding="utf-8").splitlines()) for p in modules()}
    assert not {str(p.relative_to(ROOT)): n for p, n in lengths.items() if n >= MOST_LINES}


def test_no_file_names_a_package_registry() -> None:
    assert not lines_with("|".join(re.escape(host) for host in REGISTRIES))


def test_no_file_names_a_host_to_fetch_from() -> None:
    """Only names of XML and JSON namespaces, and this machine."""
    found = lines_with(r"https?://[A-Za-z0-9][A-Za-z0-9.-]*")
    assert found
    assert not [
        line
        for line in found
        if line.split("://")[1] not in NAMESPACES
        and not line.split("://")[1].startswith(("127", "localhost"))
        and "package-lock.json:" not in line  # links to those who ask for funding
    ]
    assert not lines_with(r'"resolved": *"http')


def test_no_file_holds_an_identity_number() -> None:
    number = r"(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])[0-3]\d{4}[0-9Xx]"
    found = lines_with(number + r"(?![0-9A-Za-z])")
    assert not [line for line in found if line.split(": ")[1] not in PLANTED]


def test_no_file_but_tests_holds_a_mobile_number() -> None:
    found = lines_with(r"(?<![0-9A-Za-z.])1[3-9]\d{9}(?![0-9A-Za-z])")
    assert not [line for line in found if not line.startswith("tests/")]


def test_the_command_line_starts_without_what_only_some_verbs_need() -> None:
    heavy = ("dagster", "dbt", "great_expectations", "matplotlib", "docx", "typst")
    asked = f"import sys, orchestration.cli; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "[]"
