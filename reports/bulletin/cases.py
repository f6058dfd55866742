"""Cases filed, persons punished and units compared: sentences and pictures of the bulletin."""

from reports.bulletin import problems
from reports.bulletin.content import Block, Part, Picture, Series
from reports.bulletin.figures import Figure, Figures, UnsupportedError
from reports.bulletin.wording import Paragraph, Span, each, paragraph

GROUPS = (
    ("office", "office", "纪检监察室"),
    ("disp", "dispatched", "派驻纪检监察组（按驻在单位简称）"),
    ("town", "town", "镇（街道）纪（工）委"),
)


def cases(f: Figures, span: Span) -> list[Part]:
    """The parts of 立案和处分情况."""
    filed = paragraph(
        f,
        f"{span.text}，立案{{case_filed_cnt|件}}、{{case_filed_person_cnt|人}}，"
        "其中违反党的纪律案件{party_discipline_case_cnt|件/同比}；"
        "自办案件{self_case_cnt|件/同比}，占立案总数的{self_case_share}。"
        "逐月累计情况见图1。",
    )
    return [
        Part("立案", [filed, _trend(f)]),
        Part("处分", _punished(f)),
        Part("各单位立案比较", _ranking(f), ("unit_case_filed_cnt",)),
    ]


def _punished(f: Figures) -> list[Block]:
    blocks: list[Block] = [
        paragraph(
            f,
            "处分{punished_person_cnt|人}，其中党纪处分{party_punished_person_cnt|人/同比}，"
            "政务处分{gov_punished_person_cnt|人/同比}；"
            "落实“两个责任”不力被问责{two_resp_accountability_cnt|人}。",
        )
    ]
    ranks = {f"rank:{r['code']}": r["label"] for r in f.lists["rank_labels"]}
    bars = [(ranks[x.slice], x) for x in f.parts("punished_person_cnt") if x.value]
    if bars:
        by_rank = "、".join(f"{name}{{punished_person_cnt/{x.slice}|人}}" for name, x in bars)
        blocks.append(paragraph(f, f"按职级分，{by_rank}（见图2）。"))
        blocks.append(_bars("图2　受处分人员职级分布", "人", bars))
    return blocks


def _trend(f: Figures) -> Picture:
    filed = f.year["case_filed_cnt", ""]
    months = [int(x.period[5:]) for x in filed]
    this, last = int(f.period[:4]), int(f.period[:4]) - 1
    series = [Series(name=f"{this}年", values=tuple(x.value for x in filed))]
    if any(x.value_last_year is not None for x in filed):
        series.append(Series(name=f"{last}年", values=tuple(x.value_last_year for x in filed)))
    return Picture(
        caption="图1　立案件数逐月累计" + ("与上年同期比较" if len(series) > 1 else ""),
        kind="trend",
        unit="件",
        labels=tuple(f"{m}月" for m in months),
        series=tuple(series),
    )


def _bars(caption: str, unit: str, bars: list[tuple[str, Figure]]) -> Picture:
    return Picture(
        caption=caption,
        kind="bars",
        unit=unit,
        labels=tuple(name for name, _ in bars),
        series=(Series(name="", values=tuple(x.value for _, x in bars)),),
    )


def _ranking(f: Figures) -> list[Block]:
    lines: list[Block] = [_extremes(f, *group) for group in GROUPS]
    zero, unreported = problems.zero_units(f)
    count = f.of("zero_case_unit_cnt")
    if count.status == "value" and count.value != len(zero):
        raise UnsupportedError(
            f"零立案单位{count.text}个，名单却有{len(zero)}个：{'、'.join(zero)}"
        )
    named = f"，即{'、'.join(zero)}" if zero else ""
    apart = f"；{'、'.join(unreported)}未报且无立案数据，不计为零立案" if unreported else ""
    lines.append(paragraph(f, f"零立案单位{{zero_case_unit_cnt|个}}{named}{apart}。"))
    own = f.of("zero_self_case_unit_cnt")
    named = "，即{zero_self_case_unit_list}" if own.value else ""
    others = "zero_self_case_unit_list", "QX00", "unreported"
    apart = (
        f"；{f.of(*others).text}未报且无自办案件数据，不计为零立案" if f.of(*others).text else ""
    )
    lines.append(
        paragraph(f, f"自办案件零立案的单位{{zero_self_case_unit_cnt|个}}{named}{apart}。")
    )
    return lines


def _extremes(f: Figures, key: str, group: str, name: str) -> Paragraph:
    most, least = f.of(f"{key}_case_max_cnt", group), f.of(f"{key}_case_min_cnt", group)
    if most.status != "value" or least.status != "value":
        return Paragraph(text=f"{name}尚无可比较的立案数据。", figures=(most, least))
    if most.value == least.value:
        return paragraph(f, f"{name}立案均为{{{key}_case_max_cnt@{group}|件}}。")
    top = each(f.of(f"{key}_case_max_unit", group).text)
    end = each(f.of(f"{key}_case_min_unit", group).text)
    return paragraph(
        f,
        f"{name}共立案{{case_filed_cnt@{group}|件/同比}}，其中最多的是{{{key}_case_max_unit@{group}}}，"
        f"{top}{{{key}_case_max_cnt@{group}|件}}；最少的是{{{key}_case_min_unit@{group}}}，"
        f"{end}{{{key}_case_min_cnt@{group}|件}}。",
    )
