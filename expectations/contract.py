"""The contracts of the return forms, read from `contracts/<form>.yml`.

A form's columns, labels, types, rules and messages are written there and nowhere else.
This module only loads them; checking is in `suites.py`, hand-kept tables in `registry.py`.
"""

import json
import re
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

CONTRACTS = Path(__file__).parent / "contracts"
CONTRACT_VERSION = "1"  # in force for all periods (returns §1.1)
ARROW_TYPES = {"int": "int64", "decimal": "float64", "bool": "bool", "date": "date32"}


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a form; see `contracts/schema.json` for what each field means."""

    name: str
    label: str
    type: str
    privacy: str
    required: bool = False
    same: bool = False
    fixed: bool = False
    plan: bool = False
    stat_of: str | None = None
    pattern: str | None = None
    not_value: str | None = None
    also: dict[str, str] = field(default_factory=dict)
    min: float | None = None
    max: float | None = None
    above: float | None = None
    max_length: int | None = None
    decimals: int | None = None
    meaning: str = ""

    @property
    def code_list(self) -> str | None:
        """Name of the code list, or None for a column of another type."""
        return self.type.removeprefix("code:") if self.type.startswith("code:") else None

    @property
    def arrow_type(self) -> str:
        """Name of the Arrow type in raw; codes, ids and texts are strings."""
        return ARROW_TYPES.get(self.type, "string")


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One row rule: a DuckDB boolean expression that is not false on a good row."""

    id: str
    check: str
    severity: str
    message: str
    source: str
    expected: str = ""
    refuses_file: bool = False
    columns: tuple[str, ...] = ()

    @property
    def sql(self) -> str:
        """The check as DuckDB runs it: parameters are those in force on the row's period_end."""
        return re.sub(r"param\(('[a-z_]+')\)", r"param(\1, period_end)", self.check)


@dataclass(frozen=True, kw_only=True)
class Contract:
    """One form: its columns in template order, its key and its row rules."""

    form: str
    title: str
    section: str
    grain: str
    kind: str
    owed_by: tuple[str, ...]
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    rules: tuple[Rule, ...]
    leaves_by: str | None = None
    leaves_with: str | None = None

    def column(self, name: str) -> Column:
        """The column of that name; KeyError if the form has none."""
        return self._by_name[name]

    @cached_property
    def _by_name(self) -> dict[str, Column]:
        return {c.name: c for c in self.columns}

    def is_owed(self, unit_type_code: str, ends_on: date) -> bool:
        """Whether a unit of that type owes the form for the month that ends on that day.

        A yearly form is owed for January only (returns §2.1).
        """
        return unit_type_code in self.owed_by and (self.kind != "yearly" or ends_on.month == 1)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Column names in template order."""
        return tuple(c.name for c in self.columns)


def _rule(raw: dict[str, Any], names: list[str]) -> Rule:
    words = re.findall(r"[a-z_][a-z0-9_]*", re.sub(r"'[^']*'", "''", raw["check"]))
    return Rule(**raw, columns=tuple(dict.fromkeys(w for w in words if w in names)))


def _contract(path: Path) -> Contract:
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    schema = json.loads((CONTRACTS / "schema.json").read_text(encoding="utf-8"))
    for error in Draft202012Validator(schema).iter_errors(raw):
        raise ValueError(f"{path.name}: {error.json_path}: {error.message}")
    names = [c["name"] for c in raw["columns"]]
    return Contract(
        **{k: raw.get(k) for k in ("leaves_by", "leaves_with")},
        **{k: raw[k] for k in ("form", "title", "section", "grain", "kind")},
        owed_by=tuple(raw["owed_by"]),
        key=tuple(raw["key"]),
        columns=tuple(Column(**c) for c in raw["columns"]),
        rules=tuple(_rule(r, names) for r in raw["rules"]),
    )


@cache
def contracts() -> dict[str, Contract]:
    """All declared forms by id, in the order of their section in the specification."""
    found = [_contract(p) for p in CONTRACTS.glob("*.yml")]
    found.sort(key=lambda c: [int(n) for n in re.findall(r"\d+", c.section)])
    return {c.form: c for c in found}
