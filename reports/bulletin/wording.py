"""Chinese words that follow from figures: every rule of wording of the bulletin stands here.

Nothing here knows an indicator; what is said about which figure is in `sections`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reports.bulletin.figures import DISTRICT, SMALL, Figure, Figures, UnsupportedError, number

DIGITS = "零一二三四五六七八九十"
KINDS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
KIND_NAMES = {"month": "月度", "quarter": "季度", "half": "半年", "year": "年度"}
# {indicator@unit/slice.column|counter}: all but the indicator may be left out.
FIGURE = re.compile(
    r"\{(?P<indicator>\w+)(?:@(?P<unit>\w+))?(?:/(?P<part>[^.|{}]+))?"
    r"(?:\.(?P<column>numerator|denominator))?(?:\|(?P<counter>[^{}]*))?\}"
)
COMPARED = "/同比"


@dataclass(frozen=True, kw_only=True)
class Span:
    """How a period is called: `title` in the heading, `text` in sentences (its figures' window)."""

    title: str
    text: str


def span(period: str, kind: str = "month") -> Span:
    """The words for a period; figures always run from 1 January to its end.

    Raises:
        UnsupportedError: the period does not end a quarter, half-year or year.
    """
    year, month = period[:4], int(period[5:])
    length = KINDS[kind]
    if month % length:
        ends = "、".join(str(m) for m in range(length, 13, length))
        name = KIND_NAMES[kind]
        raise UnsupportedError(f"报告期 {period} 不是{name}的末月（{ends}月），不能写{name}通报")
    window = f"{year}年1月" if month == 1 else f"{year}年1－{month}月"
    if kind == "month":
        return Span(title=window, text=window)
    ordinal = DIGITS[month // length]
    name = {
        "quarter": f"第{ordinal}季度",
        "half": "上半年" if month == 6 else "下半年",
        "year": "",
    }[kind]
    title = f"{year}年{name}"
    if month == length:  # the figures' window is the very quarter, half-year or year
        return Span(title=title, text=title)
    return Span(title=f"{title}（1－{month}月累计）", text=window)


def day(value: date) -> str:
    """A date as official documents write it: 2023年7月31日."""
    return f"{value.year}年{value.month}月{value.day}日"


def month(period: str) -> str:
    """A period as it is called in a sentence: 2023年7月."""
    return f"{period[:4]}年{int(period[5:])}月"


def ordinal(value: int) -> str:
    """A number below 100 in Chinese characters, as rounds of inspection are called."""
    tens, ones = divmod(value, 10)
    if not tens:
        return DIGITS[ones]
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")


def each(units: str) -> str:
    """各 before a number that belongs to several units; nothing if it belongs to one."""
    return "各" if "、" in units else ""


def leading(parts: Sequence[tuple[str, Figure]], counter: str) -> str:
    """Which part is the largest, as a template: all that tie with 各, 均为0 if there is nothing."""
    known = [(name, x) for name, x in parts if x.status == "value" and x.value is not None]
    if not known:
        return "尚无可比较的数据"
    most = max(x.value or 0 for _, x in known)
    if not most:
        return "均为0"
    top = [(name, x) for name, x in known if x.value == most]
    named, first = "、".join(name for name, _ in top), top[0][1]
    share = f"{{{first.indicator}/{first.slice}:share}}"
    return f"最多的是{named}，{each(named)}{{{first.indicator}/{first.slice}|{counter}}}，占{share}"


def listed(parts: Sequence[tuple[str, Figure]], counter: str, joint: str = "、") -> str:
    """All parts that are not zero, as a template; 均为0 if there is nothing."""
    some = [(name, x) for name, x in parts if x.value or x.status != "value"]
    said = [f"{name}{{{x.indicator}/{x.slice}|{counter}}}" for name, x in some]
    return joint.join(said) if said else f"均为0{counter}"


def counted(figure: Figure, counter: str) -> str:
    """The figure with its counter; a mark that is no number stands in brackets without one."""
    return f"{figure.text}{counter}" if figure.is_number else f"（{figure.text}）"


def compared(figure: Figure, counter: str) -> str:
    """The comparison with last year in brackets; nothing unless both years have a value."""
    words = comparison(figure, counter)
    return f"（{words}）" if words else ""


def comparison(figure: Figure, counter: str) -> str:
    """What the figure is beside last year's; nothing unless both years have a value."""
    change = figure.change
    if change is None or not figure.is_number:
        return ""
    if figure.unit_of_measure == "%":
        points = number(abs(change), "%").removesuffix("%")
        if points == "0":
            return "与去年同期基本持平" if change else "与去年同期持平"
        return f"比去年同期{'上升' if change > 0 else '下降'}{points}个百分点"
    if change == 0:
        return "与去年同期持平"
    if figure.change_rate is None:
        return "去年同期为0"
    net, rate = ("净增", "增幅") if change > 0 else ("净减", "降幅")
    difference = number(abs(change), figure.unit_of_measure)
    return f"比去年同期{net}{difference}{counter}，{rate}{number(abs(figure.change_rate), '%')}"


def in_points(figure: Figure) -> str:
    """A difference of rates: in points, not in per cent."""
    return f"{figure.text.removesuffix('%')}个百分点" if figure.text.endswith("%") else figure.text


def last_year(figure: Figure, counter: str) -> str:
    """Last year's figure with its counter; — where there is none."""
    if figure.value_last_year is None:
        return SMALL
    return number(figure.value_last_year, figure.unit_of_measure) + counter


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """A paragraph and the figures that it prints, in their order; `claim` says which it is."""

    text: str
    figures: tuple[Figure, ...] = ()
    claim: str = ""

    @property
    def is_note(self) -> bool:
        """True for a remark on the figures above it, set small."""
        return self.text.startswith("注：")


def _said(figures: Figures, clause: str) -> tuple[str, list[Figure]]:
    """A clause with its figures printed, and these figures."""
    printed: list[Figure] = []

    def say(found: re.Match[str]) -> str:
        unit, counter = found["unit"] or DISTRICT, found["counter"] or ""
        figure = figures.of(found["indicator"], unit, found["part"] or "")
        printed.append(figure)
        if found["column"]:
            return number(getattr(figure, found["column"]) or 0.0, "") + counter
        is_compared, counter = counter.endswith(COMPARED), counter.removesuffix(COMPARED)
        said = counted(figure, counter) if counter else figure.text
        return said + (compared(figure, counter) if is_compared else "")

    text = FIGURE.sub(say, clause)
    if "{" in text:
        raise UnsupportedError(f"通报的句子写错了数字名：{text}")
    return text, printed


# Full-width marks only: they stand in no figure's name.
CLAUSE = re.compile(r"[^，；。]+[，；。]?")


def paragraph(figures: Figures, template: str) -> Paragraph:
    """A paragraph whose every `{indicator@unit/slice|counter}` is a figure of the release.

    `|件/同比` adds the comparison with last year. A clause (up to a comma, semicolon or full
    stop) with a figure that does not apply, as a rate of nothing, is left out; the text is empty
    if no figure is left.

    Raises:
        UnsupportedError: a figure that it names is not in the release.
    """
    kept: list[str] = []
    printed: list[Figure] = []
    has_figures = False
    for clause in CLAUSE.findall(template):
        text, used = _said(figures, clause)
        has_figures |= bool(used)
        if not any(f.status == "na" for f in used):
            kept.append(text)
            printed += used
        elif kept and clause[-1] in "；。":
            kept[-1] = kept[-1].rstrip("，") + clause[-1] if kept[-1][-1] == "，" else kept[-1]
    if has_figures and not printed:
        return Paragraph(text="")
    text = "".join(kept)
    if text and text[-1] in "，；":
        text = text[:-1] + "。"
    return Paragraph(text=text, figures=tuple(printed))
