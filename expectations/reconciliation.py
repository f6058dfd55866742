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
LEFT_OUT, MONTH_BEFORE, NONE = "left_out", "month_before", "none"
NAMES = {"type": "array", "items": {"type": "string"}}
MENDING: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "dependentRequired": {"takes": ["from"], "from": ["takes"], "by": ["takes"]},
    "properties": {
        "form": {"type": "string"},
        "where": {"type": "string"},
        "takes": {"oneOf": [NAMES, {"type": "object", "additionalProperties": {"type": "string"}}]},
        "from": {"type": "string", "pattern": "^int_[a-z_]+$"},
        "by": NAMES,
    },
}
SCHEMA: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["id", "model", "severity", "message", "source", "waivable", "mended"],
        "properties": {
            "id": {"type": "string", "pattern": "^R[0-9]{2}$"},
            "model": {"type": "string", "pattern": "^recon_r[0-9]{2}_[a-z_]+$"},
            "severity": {"enum": ["error", "warning"]},
            "message": {"type": "string", "minLength": 4},
            "source": {"type": "string", "minLength": 1},
            "waivable": {"type": "boolean"},
            "mended": {
                "oneOf": [
                    {"enum": [LEFT_OUT, MONTH_BEFORE, NONE]},
                    {"type": "array", "minItems": 1, "items": MENDING},
                ]
            },
            "forms": NAMES | {"minItems": 1},
        },
    },
}


@dataclass(frozen=True, kw_only=True)
class Mending:
    """Which rows a finding's figures would do without, or with other values.

    Attributes:
        form: whose rows; None for the form of the finding.
        where: SQL that narrows them, over the row `x`, the finding `f` and the row of `source` `s`.
        takes: columns of the rows, each with the one of `source` it takes; none: rows are left out.
        source: dbt model the values are of, as of the period.
        by: columns that are equal in the row and in `source`; none: the key of the finding.
    """

    form: str | None = None
    where: str = "true"
    takes: tuple[tuple[str, str], ...] = ()
    source: str | None = None
    by: tuple[str, ...] = ()


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
        mended: what the figures are compared with that a finding touches, tried in order; of
            none of them there is nothing to compare.
        is_missing: the unit's figures of the month before stand for what is not known.
        forms: whose rows a finding can name; none if those of any form.
    """

    id: str
    model: str
    severity: str
    message: str
    source: str
    waivable: bool
    mended: tuple[Mending, ...] = ()
    is_missing: bool = False
    forms: tuple[str, ...] = ()

    @property
    def watched(self) -> tuple[str, ...]:
        """The forms whose figures a finding can touch; none if those of any form (returns §4)."""
        others = (way.form for way in self.mended if way.form)
        return tuple(dict.fromkeys((*self.forms, *others))) if self.forms else ()

    def describe(self, row: dict[str, str]) -> str:
        """The message about one failing row."""
        return self.message.format_map(row)


def _entry(raw: dict[str, Any]) -> Reconciliation:
    told = raw["mended"]
    ways = [{}] if told == LEFT_OUT else [] if isinstance(told, str) else told
    mended = tuple(_mending(w) for w in ways)
    read = {"mended": mended, "is_missing": told == MONTH_BEFORE}
    return Reconciliation(**raw | read | {"forms": tuple(raw.get("forms", ()))})


def _mending(raw: dict[str, Any]) -> Mending:
    takes = raw.get("takes", {})
    others = {k: raw[k] for k in ("form", "where") if k in raw}
    return Mending(
        **others,
        takes=tuple(takes.items() if isinstance(takes, dict) else [(c, c) for c in takes]),
        source=raw.get("from"),
        by=tuple(raw.get("by", ())),
    )


def load(path: Path) -> dict[str, Reconciliation]:
    """The entries of one file by id; ValueError names the first that is not well formed."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    for error in Draft202012Validator(SCHEMA).iter_errors(raw):
        raise ValueError(f"{path.name}: {error.json_path}: {error.message}")
    found = {r["id"]: _entry(r) for r in raw}
    if len(found) < len(raw):
        raise ValueError(f"{path.name}: an id is used twice")
    return found


@cache
def reconciliations() -> dict[str, Reconciliation]:
    """All declared reconciliations by id, in the order of the specification."""
    return load(RECONCILIATIONS)
