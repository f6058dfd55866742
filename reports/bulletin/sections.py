"""What the bulletin says, section by section (domain §5.1): which figure stands in which sentence.

How a figure is worded is in `wording`, the existing problems and the annexes in `problems`.
"""

from collections.abc import Iterable

from reports.bulletin import cases, problems
from reports.bulletin.content import (
    Block,
    Bulletin,
    Cell,
    Part,
    Section,
    Source,
    Table,
)
from reports.bulletin.figures import Figures
from reports.bulletin.wording import Paragraph, Span, day, ordinal, paragraph


def bulletin(figures: Figures, span: Span, source: Source) -> Bulletin:
    """Build the document of a period from its figures.

    Raises:
        UnsupportedError: a sentence names a figure that the release does not hold, or a list
            does not agree with its count.
    """
    mark = "　初步数" if source.is_provisional else ""
    origin = f"数据来自截至{day(source.as_of)}收到的报表，发布编号{source.release}"
    annexes = problems.annexes(figures, is_provisional=source.is_provisional)
    listed = "\n　　　　　".join(f"{n}.{annex.title}" for n, annex in enumerate(annexes, 1))
    notes = [*problems.notes(figures, origin), Paragraph(text=f"附件：{listed}")]
    main = [
        Section(heading="一、总体情况", blocks=_blocks(figures, _overall(figures, span))),
        *_parts(figures, "二、问题线索处置情况", _leads(figures, span)),
        *_parts(figures, "三、立案和处分情况", cases.cases(figures, span)),
        *_parts(figures, "四、专项整治和日常监督情况", _supervision(figures, span)),
        *_parts(figures, "五、存在问题", problems.problems(figures, source)),
        Section(heading="六、有关说明", blocks=tuple(notes)),
    ]
    return Bulletin(
        title=(f"关于{span.title}", "监督检查审查调查情况的通报"),
        number=f"〔{figures.period[:4]}〕　　号",
        cut_off=f"（数据截止日期：{day(figures.ends_on)}{mark}）",
        sections=(*main, *annexes),
        source=source,
    )


def _parts(figures: Figures, heading: str, parts: Iterable[Part]) -> list[Section]:
    """A heading and the parts under it that say something, numbered （一） and so on."""
    said = [(part.title, _blocks(figures, part.blocks, *part.also)) for part in parts]
    numbered = enumerate((p for p in said if p[1]), 1)
    return [
        Section(heading=heading),
        *(
            Section(heading=f"（{ordinal(n)}）{title}", blocks=blocks, level=2)
            for n, (title, blocks) in numbered
        ),
    ]


def _blocks(figures: Figures, blocks: Iterable[Block], *also: str) -> tuple[Block, ...]:
    """The blocks that say something, and under them who is missing in their figures."""
    said = [b for b in blocks if not isinstance(b, Paragraph) or b.text]
    used = {f.indicator for b in said if isinstance(b, Paragraph) for f in b.figures}
    names = problems.unreported(figures, used | set(also))
    if names:
        note = f"注：{'、'.join(names)}本期未报有关报表，有关数字含其此前各期已报数。"
        # With the last sentence, so that no table or page parts them.
        after = max(n for n, b in enumerate(said, 1) if isinstance(b, Paragraph))
        said.insert(after, Paragraph(text=note))
    return tuple(said)


def _overall(f: Figures, span: Span) -> list[Block]:
    return [
        paragraph(
            f,
            f"{span.text}，全区纪检监察机关受理问题线索{{lead_accepted_cnt|件/同比}}，"
            "处置问题线索{lead_disposed_cnt|件/同比}；立案{case_filed_cnt|件/同比}，"
            "涉及{case_filed_person_cnt|人}；处分{punished_person_cnt|人/同比}，"
            "其中党纪处分{party_punished_person_cnt|人}、政务处分{gov_punished_person_cnt|人}"
            "（同时受到两类处分的{dual_punished_person_cnt|人}不重复计）。",
        )
    ]


def _leads(f: Figures, span: Span) -> list[Part]:
    is_closed = f.parameters["lead_to_case_denominator"] == 1
    accepted = paragraph(
        f,
        f"{span.text}，受理问题线索{{lead_accepted_cnt|件}}，其中监督检查等自主发现"
        "{self_found_lead_cnt|件}，占{self_found_lead_share}；处置问题线索"
        "{lead_disposed_cnt|件}，其中首次处置采用初步核实方式的占{verification_share}。"
        f"截至{day(f.ends_on)}，未办结线索{{lead_open_cnt|件}}，"
        "本年受理线索的办结率为{lead_close_rate|/同比}；上年结转线索{stock_lead_cnt|件}，"
        "已办结{stock_cleared_cnt|件}，存量清除率为{stock_clear_rate|/同比}；"
        "办结线索平均用时{lead_cycle_days/mean|天}，中位数为{lead_cycle_days/median|天}。",
    )
    limits = paragraph(
        f,
        "应在一个月内提出处置意见的线索{disposal_due_cnt|件}，"
        "按期提出{disposal_ontime_cnt|件}，按期提出率为{disposal_ontime_rate|/同比}。",
    )
    filings = paragraph(
        f,
        "各单位向案管室报备处置方式{disposal_filed_cnt|件/同比}；已处置未报备"
        "{disposal_unfiled_cnt|件}；报备方式与实际不一致{disposal_mismatch_cnt|件}，"
        "不一致率为{disposal_mismatch_rate}，涉及{disposal_mismatch_unit_cnt|个单位}。",
    )
    grown = paragraph(
        f,
        f"{'已办结' if is_closed else '已处置'}的线索{{lead_to_case_rate.denominator|件}}，"
        "其中立案{lead_to_case_rate.numerator|件}，成案率为{lead_to_case_rate|/同比}；"
        "自主发现线索的成案率为{self_found_case_rate|/同比}。",
    )
    return [
        Part("受理和处置", [accepted]),
        Part("处置时限", [limits]),
        Part("报备和核对", [filings]),
        Part("线索成案", [grown]),
    ]


def _supervision(f: Figures, span: Span) -> list[Part]:
    campaigns = paragraph(
        f,
        "专项整治启动以来，乡村振兴领域处置问题线索{rural_lead_cnt|件}，"
        "批评教育帮助和处理{rural_handled_person_cnt|人}，处分{rural_punished_cnt|人}；"
        "民生领域查处案件{livelihood_case_cnt|件}，处理{livelihood_handled_person_cnt|人}。",
    )
    resident = paragraph(
        f,
        f"{span.text}，派驻纪检监察组立案{{disp_case_filed_cnt|件/同比}}；"
        "参加“三重一大”事项会议{disp_three_major_meeting_cnt|场次}，"
        "开展监督检查{disp_inspection_cnt|次}，发现问题{disp_problem_found_cnt|个}，"
        "提出书面工作建议{disp_written_suggestion_cnt|条}。",
    )
    cure = paragraph(
        f,
        "发出纪检监察建议书{suggestion_letter_cnt|份/同比}，"
        "其中纪律检查建议书{suggestion_letter_cnt/A1201|份}、监察建议书"
        "{suggestion_letter_cnt/A1202|份}；督促召开警示教育会议{warning_meeting_cnt|场次/同比}，"
        "回访受处分人员{followup_visit_cnt|人次/同比}。",
    )
    linked = paragraph(f, "“室组镇”联动监督已整改问题{linked_sup_rectified_cnt|个/同比}。")
    return [
        Part("专项整治", [campaigns]),
        Part("派驻监督", [resident]),
        Part("监督发现问题整改", [linked, *_rounds(f)]),
        Part("以案促改", [cure]),
    ]


def _rounds(f: Figures) -> list[Block]:
    found = [x.slice for x in f.parts("insp_feedback_problem_cnt") if x.slice.isdigit() and x.value]
    if not found:
        return []
    columns = {
        "反馈问题": "insp_feedback_problem_cnt",
        "整改完成": "insp_rectified_cnt",
        "整改率": "insp_rectify_rate",
        "未完成": "insp_unrectified_cnt",
        "其中超期": "insp_overdue_cnt",
    }
    rows: list[tuple[Cell, ...]] = [
        (f"第{ordinal(int(n))}轮", *(f.of(i, part=n) for i in columns.values()))
        for n in sorted(found, key=int)
    ]
    table = Table(
        caption="表1　区委巡察反馈问题整改情况（个）",
        header=("巡察轮次", *columns),
        rows=tuple(rows),
        widths=(31, 25, 25, 25, 25, 25),
    )
    return [Paragraph(text="区委各轮巡察反馈问题整改情况见表1（整改完成以审核销号为准）。"), table]
