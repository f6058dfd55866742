"""The sentences of the bulletin as claims: `claims.yml` has the templates and what must hold.

A claim says what its figures say, or the bulletin is not written.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import yaml

from reports.bulletin.figures import DISTRICT, SHARE, Figure, Figures, UnsupportedError
from reports.bulletin.wording import Paragraph, paragraph

FILE = Path(__file__).with_name("claims.yml")
WORD = re.compile(r"<(\w+)>")
TERM = re.compile(r"(?P<sign>[+-])?\s*(?P<indicator>\w+)(?:@(?P<unit>\w+))?(?:/(?P<part>[\w:*]+))?")
RELATION = re.compile(r"(?P<left>.+?) (?P<sign>>=|=) (?P<right>.+)")
TOLERANCE = 1e-6  # of sums of money, which are fractions


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A sentence that may be said of any period.

    Attributes:
        name: section and what it is about.
        text: the template.
        holds: relations that its figures must satisfy.
        reads: indicators and queries that its words come from, besides the printed figures.
    """

    name: str
    text: str
    holds: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()


@cache
def claims() -> dict[str, Claim]:
    """All claims by name, in the order of the file."""
    listed = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {
        name: Claim(
            name=name,
            text=re.sub(r"\s", "", claim["text"]),
            holds=tuple(claim.get("holds", ())),
            reads=tuple(claim.get("reads", ())),
        )
        for name, claim in listed.items()
    }


def say(f: Figures, name: str, **words: str) -> Paragraph:
    """The claim of a period; its text is empty if it is about nothing.

    Raises:
        UnsupportedError: a figure is not in the release, a relation does not hold, or a word is
            not given.
    """
    claim = claims()[name]
    said = paragraph(f, _worded(claim.text, words))
    if said.text:
        for relation in claim.holds:
            _check(f, name, _worded(relation, words))
    return replace(said, claim=name)


def _worded(text: str, words: dict[str, str]) -> str:
    missing = [w for w in WORD.findall(text) if w not in words]
    if missing:
        raise UnsupportedError(f"通报的句子缺词：{'、'.join(missing)}（{text}）")
    return WORD.sub(lambda found: words[found[1]], text)


def _check(f: Figures, name: str, relation: str) -> None:
    """Raise UnsupportedError if the relation is wrong; one without numbers is not judged."""
    found = RELATION.fullmatch(relation)
    if found is None:
        raise UnsupportedError(f"通报的句子 {name} 的核对式写错：{relation}")
    left, right = _sum(f, found["left"]), _sum(f, found["right"])
    if left is None or right is None:
        return
    is_held = abs(left - right) <= TOLERANCE if found["sign"] == "=" else left >= right - TOLERANCE
    if not is_held:
        raise UnsupportedError(
            f"数字之间不成立，句子 {name} 不能写：{relation}（{left:g} 与 {right:g}）；"
            "请查有关报表和核对规则的发现，更正后重新发布"
        )


def _sum(f: Figures, terms: str) -> float | None:
    """The sum of the terms; None if one of them has no value."""
    total = 0.0
    for term in TERM.finditer(terms):
        for figure in _meant(f, term):
            if figure.status != "value" or figure.value is None:
                return None
            total += -figure.value if term["sign"] == "-" else figure.value
    return total


def _meant(f: Figures, term: re.Match[str]) -> Iterator[Figure]:
    part, unit = term["part"] or "", term["unit"] or DISTRICT
    if not part.endswith("*"):
        yield f.of(term["indicator"], unit, part)
        return
    for figure in f.by_indicator.get(term["indicator"], []):
        is_of = figure.unit_code == unit and not figure.slice.endswith(SHARE)
        if is_of and figure.slice.startswith(part[:-1]):
            yield figure
