"""The sheets that go with a 提示函."""

from reports.bulletin.content import Source
from reports.bulletin.figures import DISTRICT, SMALL, number
from reports.bulletin.wording import comparison, last_year
from reports.bulletin.workbook import Column, Noted, Sheet, Value
from reports.products.notice import Notice
from reports.products.supervision import attention_sheet, findings_sheet


def notice_sheets(notice: Notice, source: Source) -> list[Sheet]:
    """All its figures, what is to be done, and its open findings."""
    return [
        _figures_sheet(notice),
        attention_sheet(
            notice.attention, source, "督办事项", "截至截止日需要办理的事项。", with_unit=False
        ),
        findings_sheet(notice.findings, notice.whole, with_unit=False),
    ]


def _figures_sheet(notice: Notice) -> Sheet:
    """The unit's figures, each with its id as a note.

    Places and the distribution of the group have none: they set the units' figures side by side.
    """
    names = notice.titles
    rows: list[tuple[Value, ...]] = []
    for f in notice.figures:
        if f.unit_code == DISTRICT or f.text_value is not None:
            continue  # lists of names are the district's
        place = notice.places.get(f.indicator)
        spread: tuple[str, ...] = ("",) * 6
        if place is not None:
            spread = (
                f"{place['place']}/{place['unit_count']}",
                *(
                    number(place[n], place["unit_of_measure"])
                    for n in ("lowest", "lower_quartile", "median", "upper_quartile", "highest")
                ),
            )
        words = (last_year(f, ""), comparison(f, "") or SMALL)
        rows.append(
            (
                names.get(f.indicator, f.indicator),
                f.unit_of_measure,
                Noted(f.cell, f.id),
                *words,
                *spread,
            )
        )
    labels = ("组内位次", "组内最低", "下四分位", "中位", "上四分位", "组内最高")
    return Sheet(
        name="本单位数字",
        title=f"{notice.unit['name']}的数字",
        note="位次由高到低，数值相同位次相同，斜线后为参加排位的单位数；未报和小分母比率不参加；不设排名组的单位不排位。",
        columns=(
            Column(label="指标", width=40),
            Column(label="计量单位", width=10),
            Column(label="本期", width=10, is_figure=True),
            Column(label="去年同期", width=10, is_figure=True),
            Column(label="比较", width=30),
            *(Column(label=label, width=10, is_figure=True) for label in labels),
        ),
        rows=tuple(rows),
    )
