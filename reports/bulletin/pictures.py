"""The pictures of the bulletin, drawn once as vectors for Word and PDF alike.

Black, white and two greys only: they stay legible on any office printer.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from reports.bulletin.content import Picture

WIDTH_MM, MM_PER_INCH = 150, 25.4
POINTS, DOTS_PER_INCH = 10.5, 200
BAR_MM, TREND_MM, AXIS_MM = 7, 60, 8
ROOM = 0.15  # for the numbers, as a part of the highest value
STYLES: tuple[dict[str, Any], ...] = (
    {"color": "black", "linestyle": "-", "marker": "o", "markerfacecolor": "black"},
    {"color": "0.35", "linestyle": "--", "marker": "s", "markerfacecolor": "white"},
)


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """A picture as vectors, and as pixels for readers that know no SVG."""

    svg: bytes
    png: bytes
    width_mm: float


def draw(
    picture: Picture,
    font: Path,
    *,
    width_mm: float = WIDTH_MM,
    height_mm: float | None = None,
    points: float = POINTS,
) -> Drawing:
    """Draw a picture with its words in that font, whose outlines stand in the file.

    Without a height of its own it is as high as what it shows.
    """
    words = FontProperties(fname=str(font), size=points)
    natural = TREND_MM if picture.kind == "trend" else AXIS_MM + BAR_MM * len(picture.labels)
    size = width_mm / MM_PER_INCH, (height_mm or natural) / MM_PER_INCH
    figure = Figure(figsize=size, layout="constrained")
    axes = figure.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    paint: dict[str, Callable[[Axes, Picture, FontProperties], None]] = {
        "trend": _trend,
        "bars": _bars,
    }
    paint[picture.kind](axes, picture, words)
    # Fixed salt and no date: the same figures give the same bytes.
    with mpl.rc_context({"svg.hashsalt": "jijian", "svg.fonttype": "path"}):
        svg, png = io.BytesIO(), io.BytesIO()
        figure.savefig(svg, format="svg", metadata={"Date": None, "Creator": None})
        figure.savefig(png, format="png", dpi=DOTS_PER_INCH, metadata={"Software": None})
    return Drawing(svg=svg.getvalue(), png=png.getvalue(), width_mm=width_mm)


def _trend(axes: Axes, picture: Picture, words: FontProperties) -> None:
    at = range(len(picture.labels))
    main = picture.series[0].values
    for series, style in zip(picture.series, STYLES, strict=False):
        values = [float("nan") if v is None else v for v in series.values]
        axes.plot(at, values, label=series.name, linewidth=1.4, markersize=5, **style)
        for x, value in enumerate(series.values):
            if value is None:
                continue
            others = [s.values[x] for s in picture.series if s is not series]
            highest = max((v for v in others if v is not None), default=value)
            is_above = value > highest or (value == highest and series.values is main)
            axes.annotate(
                f"{value:g}",
                (x, value),
                xytext=(0, 5 if is_above else -5),
                textcoords="offset points",
                ha="center",
                va="bottom" if is_above else "top",
                fontproperties=words,
            )
    axes.set_xticks(list(at), picture.labels, fontproperties=words)
    top = max((v for s in picture.series for v in s.values if v is not None), default=0) or 1
    axes.set_ylim(-ROOM * top, (1 + ROOM) * top)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    if len(picture.series) > 1:
        axes.legend(prop=words, frameon=False, loc="upper left")


def _bars(axes: Axes, picture: Picture, words: FontProperties) -> None:
    values = [value or 0 for value in picture.series[0].values]
    bars = axes.barh(range(len(values)), values, color="0.45", edgecolor="black", height=0.6)
    axes.bar_label(bars, [f"{v:g}{picture.unit}" for v in values], padding=3, fontproperties=words)
    axes.set_yticks(range(len(values)), picture.labels, fontproperties=words)
    axes.invert_yaxis()
    axes.margins(x=0.12)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    axes.tick_params(left=False)
