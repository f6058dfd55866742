"""The six pictures of the 领导一页纸, and the units in the order in which it names them."""

from collections.abc import Callable

from reports.bulletin.content import Picture, Series
from reports.bulletin.figures import Figure, Figures

BANDS = (("30天内", "le30"), ("31—90天", "31_90"), ("91—180天", "91_180"), ("180天以上", "gt180"))
MOST_UNITS = 7


def ranked(figures: Figures, indicator: str) -> list[tuple[str, Figure]]:
    """Units with something of it, the highest first, then in registry order."""
    found = [
        (unit["printed_name"], figure)
        for unit in figures.lists["units_listed"]
        if (figure := figures.find(indicator, unit["unit_code"])) is not None and figure.value
    ]
    return sorted(found, key=lambda pair: -(pair[1].value or 0))


def pictures(figures: Figures) -> list[tuple[Picture, list[Figure]]]:
    """The six pictures, in the order of print, and the figures that each shows of the period."""
    return [
        _trend(figures, "立案（本年累计）", "case_filed_cnt", "件"),
        _trend(figures, "受理问题线索（本年累计）", "lead_accepted_cnt", "件"),
        _parts(figures, "四种形态", "four_forms_cnt", "form", "人次"),
        _parts(figures, "受处分人员职级", "punished_person_cnt", "public", "人"),
        _bars(
            "未办结线索在手时间",
            "件",
            [(label, figures.of("lead_hold_days", part=part)) for label, part in BANDS],
        ),
        _bars("超期未办结较多的单位", "件", ranked(figures, "lead_overdue_open_cnt")[:MOST_UNITS]),
    ]


def _trend(
    figures: Figures, caption: str, indicator: str, counter: str
) -> tuple[Picture, list[Figure]]:
    year = figures.year[indicator, ""]
    values: tuple[tuple[str, Callable[[Figure], float | None]], ...] = (
        ("本年", lambda f: f.value),
        ("去年同期", lambda f: f.value_last_year),
    )
    picture = Picture(
        caption=f"{caption}（{counter}）",
        kind="trend",
        unit=counter,
        labels=tuple(f"{int(f.period[5:])}月" for f in year),
        series=tuple(Series(name=n, values=tuple(v(f) for f in year)) for n, v in values),
    )
    return picture, [figures.of(indicator)]


def _parts(
    figures: Figures, caption: str, indicator: str, kind: str, counter: str
) -> tuple[Picture, list[Figure]]:
    rows = [r for r in figures.lists["breakdowns"] if r["indicator"] == indicator and r["value"]]
    parts = [(r["part_name"], figures.of(indicator, part=f"{kind}:{r['part']}")) for r in rows]
    return _bars(caption, counter, parts)


def _bars(
    caption: str, counter: str, bars: list[tuple[str, Figure]]
) -> tuple[Picture, list[Figure]]:
    picture = Picture(
        caption=f"{caption}（{counter}）",
        kind="bars",
        unit=counter,
        labels=tuple(label for label, _ in bars),
        series=(Series(name=caption, values=tuple(f.value for _, f in bars)),),
    )
    return picture, [f for _, f in bars]
