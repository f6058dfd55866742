"""What the bulletin says: the content tree that both printers walk (domain §5.1)."""

from dataclasses import dataclass, field

from reports.bulletin.figures import Figure, Figures, number

GROUPS = (("town", "镇（街道）纪（工）委"), ("office", "纪检监察室"), ("disp", "派驻纪检监察组"))
UNIT_COLUMNS = (
    ("受理线索", "lead_accepted_cnt"),
    ("处置线索", "lead_disposed_cnt"),
    ("应提出处置意见", "disposal_due_cnt"),
    ("逾期", "disposal_overdue_cnt"),
    ("在办", "lead_open_cnt"),
    ("立案", "case_filed_cnt"),
    ("自办", "self_case_cnt_by_unit"),
    ("处分", "punished_person_cnt"),
)


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading, its paragraphs and, where it has one, a table (first row = header)."""

    heading: str
    paragraphs: list[str]
    table: list[list[str]] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Bulletin:
    """The whole document; `mark` is 初步数 for a provisional release, else empty."""

    title: str
    cut_off: str
    mark: str
    sections: list[Section]


def span(period: str) -> str:
    """The period in words: 2023-07 is 2023年1－7月, January is 2023年1月."""
    year, month = period.split("-")
    return f"{year}年1月" if month == "01" else f"{year}年1－{int(month)}月"


def change(figure: Figure) -> str:
    """The comparison with last year, by rule: 净增 or 净减, 持平, or a last year of 0."""
    now, before = figure.value, figure.value_last_year
    if now is None or before is None:
        return ""
    unit = figure.unit_of_measure
    if before == 0:
        return "（去年同期为0）" if now else "（与去年同期持平）"
    if now == before:
        return "（与去年同期持平）"
    word, rate = ("净增", "增幅") if now > before else ("净减", "降幅")
    difference = number(abs(now - before), unit)
    return (
        f"（比去年同期{word}{difference}{unit}，{rate}{number(abs(now - before) / before, '%')}）"
    )


def bulletin(figures: Figures, period: str, cut_off: str, *, is_provisional: bool) -> Bulletin:
    """Build the document of a period from its figures."""
    return Bulletin(
        title=f"关于{span(period)}监督检查审查调查情况的通报",
        cut_off=f"数据截止日期：{cut_off}",
        mark="初步数" if is_provisional else "",
        sections=[
            _overall(figures, period),
            _disposal(figures),
            _cases(figures),
            _problems(figures),
            _units(figures),
        ],
    )


def _overall(f: Figures, period: str) -> Section:
    lead, case = f.of("lead_disposed_cnt"), f.of("case_filed_cnt")
    punished = f.of("punished_person_cnt")
    return Section(
        heading="一、总体情况",
        paragraphs=[
            f"{span(period)}，全区纪检监察机关处置问题线索{lead.text}件{change(lead)}，"
            f"立案{case.text}件{change(case)}、{f.text('case_filed_person_cnt')}人，"
            f"处分{punished.text}人{change(punished)}，其中党纪处分"
            f"{f.text('party_punished_person_cnt')}人、政务处分"
            f"{f.text('gov_punished_person_cnt')}人，双重处分{f.text('dual_punished_person_cnt')}人。"
        ],
    )


def _disposal(f: Figures) -> Section:
    return Section(
        heading="二、问题线索处置",
        paragraphs=[
            f"受理问题线索{f.text('lead_accepted_cnt')}件，期末在办{f.text('lead_open_cnt')}件。"
            f"应在一个月内提出处置意见的{f.text('disposal_due_cnt')}件，按期提出"
            f"{f.text('disposal_ontime_cnt')}件，按期率{f.text('disposal_ontime_rate')}。",
            f"处置方式已报备{f.text('disposal_filed_cnt')}件，未报备{f.text('disposal_unfiled_cnt')}件，"
            f"报备与实际不一致{f.text('disposal_mismatch_cnt')}件；初步核实占"
            f"{f.text('verification_share')}。",
        ],
    )


def _cases(f: Figures) -> Section:
    lines = [
        f"{name}中，立案最多的是{f.text(f'{key}_case_max_unit', group)}，"
        f"{_each(f, f'{key}_case_max_unit', group)}{f.text(f'{key}_case_max_cnt', group)}件；"
        f"最少的是{f.text(f'{key}_case_min_unit', group)}，"
        f"{_each(f, f'{key}_case_min_unit', group)}{f.text(f'{key}_case_min_cnt', group)}件。"
        for key, name in GROUPS
        for group in [{"disp": "dispatched"}.get(key, key)]
    ]
    lines.append(
        f"自办案件{f.text('self_case_cnt')}件，占{f.text('self_case_share')}；"
        f"自办案件为零的单位{f.text('zero_self_case_unit_cnt')}个。"
    )
    return Section(heading="三、立案与处分", paragraphs=lines)


def _each(f: Figures, indicator: str, group: str) -> str:
    return "各" if "、" in f.text(indicator, group) else ""


def _problems(f: Figures) -> Section:
    return Section(
        heading="四、存在问题",
        paragraphs=[
            f"逾期提出或仍未提出处置意见{f.text('disposal_overdue_cnt')}件，涉及"
            f"{f.text('disposal_overdue_unit_cnt')}个单位；超期未办结{f.text('lead_overdue_open_cnt')}件，"
            f"初步核实久核不结{f.text('verify_long_pending_cnt')}件；"
            f"系统与台账不一致{f.text('system_ledger_conflict_cnt')}处；"
            f"立案为零的单位{f.text('zero_case_unit_cnt')}个。"
        ],
    )


def _units(f: Figures) -> Section:
    body = [
        [u["short_name"], *(f.text(indicator, u["unit_code"]) for _, indicator in UNIT_COLUMNS)]
        for u in f.units
        if u["ranking_group"]
    ]
    header = ["单位", *(label for label, _ in UNIT_COLUMNS)]
    return Section(heading="附件1　各单位情况一览表", paragraphs=[], table=[header, *body])
