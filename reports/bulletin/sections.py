"""The bulletin section by section (domain §5.1), with its tables and pictures numbered.

The sentences are in `claims.yml`; which of them stand where is in `leads`, `cases`, `supervision`
and `problems`, what stands behind the text in `annexes`.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from reports.bulletin import annexes, problems
from reports.bulletin.cases import cases
from reports.bulletin.claims import say
from reports.bulletin.content import Block, Bulletin, Part, Picture, Section, Source, Table
from reports.bulletin.figures import Figure, Figures, UnsupportedError
from reports.bulletin.leads import leads, petitions
from reports.bulletin.revision import Previous, Revision, in_words, revised
from reports.bulletin.supervision import campaigns, conduct, supervision
from reports.bulletin.wording import Paragraph, Span, day, listed, ordinal

NUMBERED = re.compile(r"〔(表|图):(\w+)〕")
MARK = "案管工作通报"
SUMMARY = "总体情况"
DEMANDS = "下步要求"


def bulletin(
    figures: Figures, span: Span, source: Source, previous: Previous | None = None
) -> Bulletin:
    """Build the document of a period from its figures, and what it was published as before.

    Raises:
        UnsupportedError: a sentence names a figure that the release does not hold, or says what
            the figures do not.
    """
    mark = "　初步数" if source.is_provisional else ""
    main = numbered(_main(figures, span, source))
    behind = annexes.annexes(figures, source, None, ())[:1]  # the units' figures may change too
    printed = annexes.printed_figures([*main, *behind])
    revision = revised(figures, printed, previous, source)
    attached = annexes.annexes(figures, source, revision, main)
    remarks = Section(
        heading=f"{ordinal(_count(main) + 1)}、有关说明",
        blocks=tuple(_remarks(figures, source, revision, attached)),
    )
    return Bulletin(
        title=(f"关于{span.title}", "监督检查审查调查情况的通报"),
        number=f"〔{figures.period[:4]}〕　　号",
        cut_off=f"（数据截止日期：{day(figures.ends_on)}{mark}）",
        sections=(*main, remarks, *attached),
        source=source,
        mark=MARK,
    )


def summary(f: Figures, span: Span) -> list[Paragraph]:
    """The claims of 总体情况, in the order of the national bulletins; none about nothing."""
    ranks = listed(f.composed("public"), "人", "，")
    said = [
        say(f, "overall.main", span=span.text),
        say(f, "overall.ranks", ranks=ranks),
        say(f, "overall.forms"),
        say(f, "overall.transfers"),
    ]
    return [claim for claim in said if claim.text]


def _main(f: Figures, span: Span, source: Source) -> list[Section]:
    chapters: list[tuple[str, list[Part]]] = [
        (SUMMARY, [Part("", list(summary(f, span)))]),
        ("信访举报情况", [Part("", petitions(f, span))]),
        ("问题线索处置情况", leads(f, span)),
        ("立案和处分情况", cases(f, span)),
        ("落实中央八项规定精神情况", [Part("", conduct(f))]),
        ("专项整治情况", [Part("", campaigns(f))]),
        ("日常监督和整改情况", supervision(f, span)),
        ("存在问题", problems.problems(f, source)),
        (DEMANDS, [Part("", _in_order(problems.demands(f)))]),
    ]
    found: list[Section] = []
    for title, parts in chapters:
        made = _parts(f, f"{ordinal(_count(found) + 1)}、{title}", parts)
        found += made if any(s.blocks for s in made) else []
    return found


def _count(sections: Iterable[Section]) -> int:
    return sum(s.level == 1 for s in sections)


def _in_order(claims: list[Paragraph]) -> list[Block]:
    return [replace(c, text=f"（{ordinal(n)}）{c.text}") for n, c in enumerate(claims, 1)]


def _parts(figures: Figures, heading: str, parts: Iterable[Part]) -> list[Section]:
    """A heading and the parts under it that say something, numbered （一） and so on."""
    said = [(part.title, _blocks(figures, part)) for part in parts]
    whole = tuple(b for title, blocks in said if not title for b in blocks)
    titled = enumerate(((t, b) for t, b in said if t and b), 1)
    return [
        Section(heading=heading, blocks=whole),
        *(
            Section(heading=f"（{ordinal(n)}）{title}", blocks=blocks, level=2)
            for n, (title, blocks) in titled
        ),
    ]


def _blocks(figures: Figures, part: Part) -> tuple[Block, ...]:
    """The blocks that say something, and under them who is missing in their figures."""
    said = [b for b in part.blocks if not isinstance(b, Paragraph) or b.text]
    used: list[Figure] = annexes.printed_figures([Section(heading="", blocks=tuple(said))])
    names = annexes.unreported(figures, used, part.also)
    sentences = [n for n, b in enumerate(said, 1) if isinstance(b, Paragraph)]
    if names and sentences:
        note = f"注：{'、'.join(names)}本期未报有关报表，有关数字含其此前各期已报数。"
        # With the last sentence, so that no table or page parts them.
        said.insert(sentences[-1], Paragraph(text=note))
    return tuple(said)


def _remarks(
    f: Figures, source: Source, revision: Revision | None, attached: list[Section]
) -> list[Paragraph]:
    origin = f"数据来自截至{day(source.as_of)}收到的报表，发布编号{source.release}"
    notes = annexes.notes(f, origin)
    if revision and revision.changes:
        (annex,) = (s.heading for s in attached if s.title == "更正说明")
        notes.append(say(f, "notes.revised", annex=annex, **in_words(revision)))
    elif revision and revision.previous.figures is None:
        notes.append(say(f, "notes.incomparable", release=revision.previous.release))
    named = "\n　　　　　".join(f"{n}.{annex.title}" for n, annex in enumerate(attached, 1))
    return [*notes, Paragraph(text=f"附件：{named}")]


def numbered(sections: Iterable[Section]) -> list[Section]:
    """The sections with 表1, 图1 and so on in the place of names.

    Raises:
        UnsupportedError: a sentence points to a table or picture that is not there.
    """
    kept = list(sections)
    numbers: dict[tuple[str, str], str] = {}
    counts = {"表": 0, "图": 0}
    for block in (b for s in kept for b in s.blocks if isinstance(b, Table | Picture)):
        for kind, name in NUMBERED.findall(block.caption):
            counts[kind] += 1
            numbers[kind, name] = f"{kind}{counts[kind]}"

    def number_of(found: re.Match[str]) -> str:
        if found.groups() not in numbers:
            raise UnsupportedError(f"句子所指的{found[1]}不在通报中：{found[2]}")
        return numbers[found[1], found[2]]

    def renamed(block: Block) -> Block:
        if isinstance(block, Paragraph):
            return replace(block, text=NUMBERED.sub(number_of, block.text))
        return replace(block, caption=NUMBERED.sub(number_of, block.caption))

    return [replace(s, blocks=tuple(renamed(b) for b in s.blocks)) for s in kept]
