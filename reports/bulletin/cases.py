"""Cases filed, persons punished and units compared: sentences, tables and pictures."""

from reports.bulletin import tables
from reports.bulletin.claims import say
from reports.bulletin.content import Block, Part, Picture, Series
from reports.bulletin.figures import Figure, Figures, UnsupportedError
from reports.bulletin.wording import Paragraph, Span, each, leading, listed

GROUPS = (
    ("office", "office", "纪检监察室"),
    ("disp", "dispatched", "派驻纪检监察组（按驻在单位简称）"),
    ("town", "town", "镇（街道）纪（工）委"),
)


def cases(f: Figures, span: Span) -> list[Part]:
    """The parts of 立案和处分情况."""
    groups = [(name.split("（按")[0], f.of("case_filed_cnt", code)) for _, code, name in GROUPS]
    by_group = tables.compared(
        "groups",
        "各类单位立案情况（件）",
        [("全区", f.of("case_filed_cnt")), *groups],
        "件",
        "单位类别",
    )
    return [
        Part("立案", [say(f, "cases.filed", span=span.text), _trend(f), by_group]),
        Part("处分", _punished(f)),
        Part("四种形态", _forms(f)),
        Part("移送和追缴", [say(f, "cases.transfers"), say(f, "cases.recovered")]),
        Part("各单位立案比较", _ranking(f), ("unit_case_filed_cnt",)),
    ]


def _punished(f: Figures) -> list[Block]:
    party, gov = f.composed("party_punishment"), f.composed("gov_punishment")
    table = tables.composed(
        f,
        "kinds",
        "党纪处分和政务处分人数（人）",
        (
            ("党纪处分", f.of("party_punished_person_cnt"), "party_punishment", "人"),
            ("政务处分", f.of("gov_punished_person_cnt"), "gov_punishment", "人"),
        ),
    )
    kinds = say(f, "cases.kinds", party=leading(party, "人"), gov=leading(gov, "人"))
    blocks: list[Block] = [say(f, "cases.punished"), kinds, table]
    names = {f"rank:{r['code']}": r["label"] for r in f.lists["rank_labels"]}
    ranks = [(names[x.slice], x) for x in f.parts("punished_person_cnt") if x.slice in names]
    bars = [(name, x) for name, x in ranks if x.value]
    if bars:
        blocks.append(say(f, "cases.ranks", ranks=listed(ranks, "人")))
        blocks.append(_bars("ranks", "受处分人员职级分布", "人", bars))
    return blocks


def _forms(f: Figures) -> list[Block]:
    bars = f.composed("form")
    if not f.of("four_forms_cnt").value:
        return []
    picture = _bars("forms", "运用“四种形态”批评教育和处理", "人次", bars)
    return [say(f, "cases.forms"), picture]


def _trend(f: Figures) -> Picture:
    filed = f.year["case_filed_cnt", ""]
    months = [int(x.period[5:]) for x in filed]
    this, last = int(f.period[:4]), int(f.period[:4]) - 1
    series = [Series(name=f"{this}年", values=tuple(x.value for x in filed))]
    if any(x.value_last_year is not None for x in filed):
        series.append(Series(name=f"{last}年", values=tuple(x.value_last_year for x in filed)))
    beside = "与上年同期比较" if len(series) > 1 else ""
    return Picture(
        caption=f"〔图:trend〕　立案件数逐月累计{beside}",
        kind="trend",
        unit="件",
        labels=tuple(f"{m}月" for m in months),
        series=tuple(series),
    )


def _bars(name: str, title: str, unit: str, bars: list[tuple[str, Figure]]) -> Picture:
    return Picture(
        caption=f"〔图:{name}〕　{title}",
        kind="bars",
        unit=unit,
        labels=tuple(label for label, _ in bars),
        series=(Series(name="", values=tuple(x.value for _, x in bars)),),
    )


def _ranking(f: Figures) -> list[Block]:
    lines: list[Block] = [_extremes(f, *group) for group in GROUPS]
    towns = [(name, x) for name, x in _units(f, "town") if x.status == "value"]
    if towns:
        ordered = sorted(towns, key=lambda town: -(town[1].value or 0))
        lines.append(_bars("towns", "各镇（街道）立案件数", "件", ordered))
    return [*lines, *zeros(f)]


def zeros(f: Figures) -> list[Paragraph]:
    """The units without a case, and those without one of their own, by name.

    Raises:
        UnsupportedError: the names do not agree with the count.
    """
    zero, unreported = zero_units(f)
    count = f.of("zero_case_unit_cnt")
    if count.status == "value" and count.value != len(zero):
        raise UnsupportedError(
            f"零立案单位{count.text}个，名单却有{len(zero)}个：{'、'.join(zero)}"
        )
    named = f"，即{'、'.join(zero)}" if zero else ""
    apart = f"；{'、'.join(unreported)}未报且无立案数据，不计为零立案" if unreported else ""
    own, names = f.of("zero_self_case_unit_cnt"), f.of("zero_self_case_unit_list")
    if own.status == "value" and own.value != len([n for n in names.text.split("、") if n]):
        raise UnsupportedError(f"自办零立案单位{own.text}个，名单却是：{names.text}")
    own_named = "，即{zero_self_case_unit_list}" if own.value else ""
    others = f.of("zero_self_case_unit_list", part="unreported").text
    own_apart = f"；{others}未报且无自办案件数据，不计为零立案" if others else ""
    return [
        say(f, "cases.zero", named=named, apart=apart),
        say(f, "cases.zero_self", named=own_named, apart=own_apart),
    ]


def zero_units(f: Figures) -> tuple[list[str], list[str]]:
    """Units of the ranking groups without a case: those that reported, and apart the others."""
    zero: list[str] = []
    apart: list[str] = []
    for unit in f.lists["units_listed"]:
        filed = f.find("unit_case_filed_cnt", unit["unit_code"])
        if unit["ranking_group"] and filed is not None and filed.value == 0:
            (apart if is_apart(filed) else zero).append(unit["short_name"])
    return zero, apart


def is_apart(filed: Figure) -> bool:
    """Whether a unit's cases filed are zero only because it has not reported: not compared."""
    return filed.value == 0 and filed.unit_missing_count > 0


def _units(f: Figures, group: str) -> list[tuple[str, Figure]]:
    found = (
        (u["short_name"], f.find("unit_case_filed_cnt", u["unit_code"]))
        for u in f.lists["units_listed"]
        if u["ranking_group"] == group
    )
    return [(name, x) for name, x in found if x is not None]


def _extremes(f: Figures, key: str, code: str, group: str) -> Paragraph:
    most, least = f.of(f"{key}_case_max_cnt", code), f.of(f"{key}_case_min_cnt", code)
    if most.status != "value" or least.status != "value":
        return say(f, "cases.incomparable", group=group)
    top = f.of(f"{key}_case_max_unit", code).text
    own = [n for n, x in _units(f, code) if x.value == most.value and not is_apart(x)]
    if set(own) != set(top.split("、")):
        raise UnsupportedError(
            f"{group}立案最多的是{top}（{most.text}件），各单位数字却是{'、'.join(own) or '都不及'}"
        )
    if most.value == least.value:
        return say(f, "cases.even", key=key, code=code, group=group)
    low = f.of(f"{key}_case_min_unit", code).text
    words = {"each_most": each(top), "each_least": each(low)}
    return say(f, "cases.extremes", key=key, code=code, group=group, **words)
