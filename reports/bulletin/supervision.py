"""Conduct, campaigns and daily supervision: sentences and tables of the bulletin."""

from reports.bulletin import tables
from reports.bulletin.claims import say
from reports.bulletin.conduct_table import cells
from reports.bulletin.content import Block, Part, Table
from reports.bulletin.figures import Figures, UnsupportedError
from reports.bulletin.wording import Span, ordinal

CAMPAIGN_COLUMNS = (
    ("问题（个）", "campaign_problem_cnt"),
    ("线索（件）", "campaign_lead_cnt"),
    ("立案（件）", "campaign_case_cnt"),
    ("处分（人）", "campaign_punished_cnt"),
)
ROUND_COLUMNS = (
    ("反馈问题", "insp_feedback_problem_cnt"),
    ("整改完成", "insp_rectified_cnt"),
    ("整改率", "insp_rectify_rate"),
    ("未完成", "insp_unrectified_cnt"),
    ("其中超期", "insp_overdue_cnt"),
)
PROBLEMS = "查处问题（起）"


def conduct(f: Figures) -> list[Block]:
    """The section on problems against the eight rules."""
    return [say(f, "conduct.problems"), say(f, "conduct.kinds"), _conduct_table(f)]


def _conduct_table(f: Figures) -> Table:
    """Problems by type and level; persons handled and punished by kind only."""
    shown = [
        r
        for r in f.lists["conduct_levels"]
        if r["measure_name"] == PROBLEMS or (not r["is_part"] and "占比" not in r["measure_name"])
    ]
    whole = f.of("eight_rules_problem_cnt")
    if shown and whole.status == "value" and shown[0]["all_text"] != whole.text:
        raise UnsupportedError(
            f"八项规定问题分类表合计{shown[0]['all_text']}起，指标为{whole.text}起，两者应相等"
        )
    rows = tuple(
        (
            r["measure_name"] if not r["type_code"] else "",
            ("　" if r["is_part"] else "") + r["type_name"],
            *(x if x and x.text == text else text for text, x in cells(f, r)),
        )
        for r in shown
    )
    return Table(
        caption=tables.caption("conduct", "查处违反中央八项规定精神问题"),
        header=("项目", "问题类型", "合计", "省部级", "地厅级", "县处级", "乡科级\n及以下", "占比"),
        rows=rows,
        widths=(28, 50, 13, 13, 13, 13, 13, 13),
        figure_from=2,
    )


def campaigns(f: Figures) -> list[Block]:
    """The section on campaigns."""
    fields = [(c["label"], c["code"], c["lead_name"]) for c in f.lists["campaigns"]]
    of_all = [f.find(indicator, "QX00") for _, indicator in CAMPAIGN_COLUMNS]
    made = tables.grid(
        "campaigns",
        "专项整治情况（启动以来）",
        "专项",
        CAMPAIGN_COLUMNS,
        [
            ("合计", of_all),
            *(
                (label, [f.find(i, "QX00", code) for _, i in CAMPAIGN_COLUMNS])
                for label, code, _ in fields
            ),
        ],
    )
    leads = ("", *(lead for _, _, lead in fields))
    rows = tuple((row[0], lead, *row[1:]) for row, lead in zip(made.rows, leads, strict=True))
    table = Table(
        caption=made.caption,
        header=(made.header[0], "牵头单位", *made.header[1:]),
        rows=rows,
        widths=(42, 34, 20, 20, 20, 20),
        figure_from=2,
    )
    others = [say(f, name) for name in ("campaigns.fields", "campaigns.mass", "campaigns.npl")]
    return [say(f, "campaigns.all"), *others, table] if fields else list(others)


def supervision(f: Figures, span: Span) -> list[Part]:
    """The parts of daily supervision and rectification."""
    return [
        Part("派驻监督", [say(f, "supervision.resident", span=span.text)]),
        Part("“室组镇”联动监督", [say(f, "supervision.linked")]),
        Part("巡视巡察整改", [say(f, "supervision.provincial"), *_rounds(f)]),
        Part("以案促改", [say(f, "supervision.cure")]),
    ]


def _rounds(f: Figures) -> list[Block]:
    found = [x.slice for x in f.parts("insp_feedback_problem_cnt") if x.slice.isdigit() and x.value]
    if not found:
        return []
    table = tables.grid(
        "rounds",
        "区委巡察反馈问题整改情况（个）",
        "巡察轮次",
        ROUND_COLUMNS,
        [
            (f"第{ordinal(int(n))}轮", [f.of(i, part=n) for _, i in ROUND_COLUMNS])
            for n in sorted(found, key=int)
        ],
    )
    last = max(found, key=int)
    return [say(f, "supervision.rounds", round=last, called=ordinal(int(last))), table]
