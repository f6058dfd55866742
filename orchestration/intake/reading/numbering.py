"""The number of a warning: the same as long as the data it speaks of are the same.

The receipt shows it, an answer names it, and the register keeps it: so an answer stays with a
resubmission, and with the next month, until one of the values that the rule names changes. It is
of letters only, so that no program takes it for a figure and it never looks like a telephone.
"""

import hashlib
import re
from collections.abc import Iterable

from expectations.finding import WARNING, Finding
from orchestration.intake.reading.submission import Submission

_LENGTH = 10
_LETTERS = "abcdefghijkmnpqr"  # sixteen that are not taken for each other
_NUMBER = re.compile(f"[{_LETTERS}]{{{_LENGTH}}}")
_DATED = frozenset({"P23"})  # whose message changes with the day of receipt and nothing else
_LINEAGE = ("row_no", "_marked")


def is_number(text: str) -> bool:
    """Whether the text is written as a number of a warning."""
    return _NUMBER.fullmatch(text) is not None


def lettered(*parts: str) -> str:
    """A hash of the parts, in letters."""
    digest = hashlib.sha256("|".join(parts).encode()).hexdigest()
    return "".join(_LETTERS[int(digit, 16)] for digit in digest[:_LENGTH])


def numbers(found: Iterable[Finding], sub: Submission) -> dict[Finding, str]:
    """The numbers of the warnings among the findings of one file."""
    contents: dict[str, str] = {}
    return {f: _number(f, sub, contents) for f in found if f.severity == WARNING}


def _number(finding: Finding, sub: Submission, contents: dict[str, str]) -> str:
    """Of a row by key and values named; of a form by all its rows; of a file by its month."""
    unit = sub.unit_code or ""
    if finding.signature:
        return lettered(unit, finding.signature)
    form, message = finding.form or "", finding.message
    if form and form not in contents:
        contents[form] = _content(sub, form)
    said = "" if finding.rule in _DATED else message
    about = (finding.rule, form, finding.sheet or "", finding.column or "", said)
    return lettered(unit, sub.period or "", *about, contents.get(form, ""))


def _content(sub: Submission, form: str) -> str:
    digest = hashlib.sha256()
    for sheet in sub.forms:
        if sheet.form == form:
            digest.update(repr(sheet.table.drop_columns(list(_LINEAGE)).to_pydict()).encode())
    return digest.hexdigest()
