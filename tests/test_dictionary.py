"""The data dictionary says what the contracts say, and nothing is left out."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from expectations.contract import Contract, contracts
from expectations.registry import codes
from orchestration.cli import cli


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dictionary")
    result = CliRunner().invoke(cli, ["dictionary", "--out", str(out)])
    assert result.exit_code == 0, result.output
    assert len(result.output.splitlines()) == len(contracts()) + 2
    return out


@pytest.mark.parametrize("contract", contracts().values(), ids=lambda c: c.form)
def test_a_form_s_page_has_every_column_and_every_rule(folder: Path, contract: Contract) -> None:
    text = (folder / f"{contract.form}.md").read_text("utf-8")
    columns = [line for line in text.splitlines() if re.match(r"\| \S+ \| `", line)]
    assert [line.split("`")[1] for line in columns] == list(contract.names)
    for line, column in zip(columns, contract.columns, strict=True):
        assert line.split(" | ")[0] == f"| {column.label}"
        assert f"| {column.privacy} " in line
        assert ("| 是 |" in line) == column.required
    for rule in contract.rules:
        assert f"| {rule.id} |" in text
        assert rule.message in text


def test_every_list_that_a_column_names_is_there_with_its_codes(folder: Path) -> None:
    text = (folder / "codes.md").read_text("utf-8")
    for contract in contracts().values():
        for name in re.findall(r"codes\.md#(\w+)", (folder / f"{contract.form}.md").read_text()):
            if name != "unit":
                part = text.partition(f"\n## {name}\n")[2].partition("\n## ")[0]
                assert all(f"| {c.code} | {c.label} |" in part for c in codes(name)), name


def test_the_index_links_every_page(folder: Path) -> None:
    text = (folder / "index.md").read_text("utf-8")
    linked = re.findall(r"\(([a-z_]+\.md)\)", text)
    assert sorted(linked) == sorted(p.name for p in folder.iterdir() if p.name != "index.md")
