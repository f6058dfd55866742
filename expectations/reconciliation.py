"""The reconciliations between forms and periods, read from `reconciliations.yml`.

What fails is written in the dbt model each entry names; this module only loads the entries.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

RECONCILIATIONS = Path(__file__).with_name("reconciliations.yml")
COLUMNS = ("form", "unit_code", "period", "key", "detail")  # of every model of failing rows
SCHEMA: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["id", "model", "severity", "message", "source", "waivable"],
        "properties": {
            "id": {"type": "string", "pattern": "^R[0-9]{2}$"},
            "model": {"type": "string", "pattern": "^recon_r[0-9]{2}_[a-z_]+$"},
            "severity": {"enum": ["error", "warning"]},
            "message": {"type": "string", "minLength": 4},
            "source": {"type": "string", "minLength": 1},
            "waivable": {"type": "boolean"},
        },
    },
}


@dataclass(frozen=True, kw_only=True)
class Reconciliation:
    """One rule between forms or periods; an open error blocks the final release.

    Attributes:
        id: id of the specification (R01 ...).
        model: dbt model that returns the failing rows, with the columns `COLUMNS`.
        severity: error or warning; a model with a column `severity` says it row by row instead.
        message: Chinese template over `COLUMNS`; names units, keys and counts, never persons.
        source: where the rule comes from.
        waivable: may be accepted by name for a time (`jijian waive`).
    """

    id: str
    model: str
    severity: str
    message: str
    source: str
    waivable: bool

    def describe(self, row: dict[str, str]) -> str:
        """The message about one failing row."""
        return self.message.format_map(row)


def load(path: Path) -> dict[str, Reconciliation]:
    """The entries of one file by id; ValueError names the first that is not well formed."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    for error in Draft202012Validator(SCHEMA).iter_errors(raw):
        raise ValueError(f"{path.name}: {error.json_path}: {error.message}")
    found = {r["id"]: Reconciliation(**r) for r in raw}
    if len(found) < len(raw):
        raise ValueError(f"{path.name}: an id is used twice")
    return found


@cache
def reconciliations() -> dict[str, Reconciliation]:
    """All declared reconciliations by id, in the order of the specification."""
    return load(RECONCILIATIONS)
