"""The content tree that both printers walk: headings, paragraphs, tables and pictures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from reports.bulletin.figures import Figure
from reports.bulletin.wording import Paragraph

Cell = str | Figure
SHORT_ROWS = 14  # a table of no more is kept on one page


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table under its caption; the first column holds names, all others figures.

    Attributes:
        caption: with its number; empty in an annex.
        header: one label per column.
        rows: cells as wide as the header; a figure prints itself.
        widths: of the columns, in millimetres.
        note: printed above it, where a full page does not part them; empty for none.
        figure_from: the first column that is set centred.
        small_from: the first column that is set small, for remarks and figure ids.
        is_outline: True sets the first column left, where names are indented under others.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    note: str = ""
    figure_from: int = 1
    small_from: int | None = None
    is_outline: bool = False

    @property
    def is_short(self) -> bool:
        """True if it is kept on one page."""
        return len(self.rows) <= SHORT_ROWS


@dataclass(frozen=True, kw_only=True)
class Series:
    """One line or set of bars; None where a label has no value."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture: `trend` draws lines over the labels, `bars` one bar per label.

    Attributes:
        caption: with its number.
        kind: `trend` or `bars`.
        unit: the unit of measure, printed at the axis.
        labels: of the points or bars.
        series: what is drawn, the main one first.
    """

    caption: str
    kind: str
    unit: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]

    @property
    def words(self) -> str:
        """The picture in words, for readers who do not see it."""
        lines = [
            f"{s.name}："
            + "，".join(
                f"{label}{value:g}{self.unit}"
                for label, value in zip(self.labels, s.values, strict=True)
                if value is not None
            )
            for s in self.series
        ]
        return f"{self.caption}。" + "；".join(lines)


Block = Paragraph | Table | Picture


@dataclass(frozen=True)
class Part:
    """What stands under a numbered sub-heading.

    Attributes:
        title: without its number.
        blocks: in the order of print; paragraphs without text are left out.
        also: indicators that its figures are made from without naming them.
    """

    title: str
    blocks: Sequence[Block]
    also: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading and what stands under it.

    Attributes:
        heading: with its number.
        blocks: in the order of print.
        level: 1 for 一、, 2 for （一）.
        title: of an annex, on a page of its own under the heading; empty for others.
    """

    heading: str
    blocks: tuple[Block, ...] = ()
    level: int = 1
    title: str = ""


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where the figures come from, and the code that prints them.

    Attributes:
        release: the release's id.
        as_of: local time up to which returns are known; the date in the file's properties.
        is_provisional: True marks everything as 初步数.
        made_by: the code version, kept in the file's properties.
        forms: what each form is called.
    """

    release: str
    as_of: datetime
    is_provisional: bool
    made_by: str
    forms: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Bulletin:
    """The whole document.

    Attributes:
        title: in lines that each make sense.
        number: 〔year〕 with room for the number that the office gives; empty for none. What is
            numbered has the issuer's mark over its title, and room for the date of issue.
        cut_off: the date that the figures are known to, with 初步数 if they are provisional.
        sections: in the order of print.
        source: of its figures.
        mark: of the issuer, in red over a red line.
    """

    title: tuple[str, ...]
    number: str
    cut_off: str
    sections: tuple[Section, ...]
    source: Source
    mark: str = ""
