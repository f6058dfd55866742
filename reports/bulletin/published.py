"""统计表: the district's figures in the layouts that are published nationally (domain §2.7, §2.4).

The bulletin order with the ranks and the four forms, the table of problems against the eight
rules by type and level, and under them the identities that must hold (I01 to I04).
"""

from reports.bulletin.conduct_table import LEVELS, cells
from reports.bulletin.figures import SHARE, SMALL, Figures
from reports.bulletin.speech_lines import number_id
from reports.bulletin.wording import comparison, last_year
from reports.bulletin.workbook import Chart, Column, Noted, Sheet, Value

# Each with the subject that its parts have among the composed figures.
SPLITS = (
    ("表2 立案职级", "立案人员按职级", "case_filed_person_cnt", "filed", "人"),
    ("表3 处分职级", "受处分人员按职级", "punished_person_cnt", "public", "人"),
    ("表4 四种形态", "运用四种形态批评教育和处理", "four_forms_cnt", "form", "人次"),
)


def published_sheets(f: Figures) -> list[Sheet]:
    """The tables of a period, in the order of the national bulletin."""
    return [_figures(f), *(_split(f, *split) for split in SPLITS), _conduct(f), _identities(f)]


def _figures(f: Figures) -> Sheet:
    rows: list[tuple[Value, ...]] = []
    for line in f.lists["published_lines"]:
        figure = f.of(line["indicator"], part=line["slice"])
        words = last_year(figure, ""), comparison(figure, line["counter"]) or SMALL
        shown = Noted(figure.text, number_id(figure))
        rows.append((line["heading"], line["label"], line["counter"], shown, *words))
    return Sheet(
        name="表1 总体情况",
        title="监督检查审查调查总体情况",
        note="按全国通报的次序；当年1月1日至截止日累计。",
        columns=(
            Column(label="类别", width=14),
            Column(label="项目", width=30),
            Column(label="计量单位", width=10),
            Column(label="本期", width=12, is_figure=True),
            Column(label="去年同期", width=12, is_figure=True),
            Column(label="比较", width=36),
        ),
        rows=tuple(rows),
    )


def _split(f: Figures, name: str, title: str, indicator: str, subject: str, counter: str) -> Sheet:
    whole = f.of(indicator)
    rows: list[tuple[Value, ...]] = []
    for r in f.lists["breakdowns"]:
        if r["indicator"] == indicator:
            own = number_id(f.of(indicator, part=f"{subject}:{r['part']}"))
            share = Noted(r["share_text"], f"{own}{SHARE}")
            rows.append((r["part_name"], Noted(r["text"], own), share))
    return Sheet(
        name=name,
        title=f"{title}（合计{whole.text}{counter if whole.is_number else ''}）",
        note=f"计量单位：{counter}；当年1月1日至截止日累计；占比为占合计的比例。",
        columns=(
            Column(label="分项", width=24),
            Column(label="数字", width=12, is_figure=True),
            Column(label="占比", width=12, is_figure=True),
        ),
        rows=tuple(rows),
        chart=Chart(title=f"{title}（{counter}）", names=0, values=1),
    )


def _conduct(f: Figures) -> Sheet:
    rows = [
        (
            r["measure_name"],
            f"　{r['type_name']}" if r["is_part"] else r["type_name"],
            *(Noted(text, x.id) if x else text for text, x in cells(f, r)),
        )
        for r in f.lists["conduct_levels"]
    ]
    return Sheet(
        name="表5 八项规定",
        title="查处违反中央八项规定精神问题",
        note=(
            "当年1月1日至截止日累计；一起问题按其人员中的最高职级定级别；同一人在合计中只计一次；"
            "占比为类型占其大类、大类占全部的起数之比。"
        ),
        columns=(
            Column(label="项目", width=26),
            Column(label="问题类型", width=36),
            *(Column(label=label, width=12, is_figure=True) for label, _, _ in LEVELS),
            Column(label="占比", width=10, is_figure=True),
        ),
        rows=tuple(rows),
    )


def _identities(f: Figures) -> Sheet:
    listed = f.lists["identities"]
    return Sheet(
        name="恒等核对",
        title="公布数字的恒等核对",
        note="各表数字应有的关系；不成立的，有关数字须查明后再用。",
        columns=(
            Column(label="编号", width=8),
            Column(label="应有的关系", width=48),
            Column(label="数字", width=44),
            Column(label="结果", width=10),
        ),
        rows=tuple((r["identity"], r["name"], r["text"], r["held_text"]) for r in listed),
    )
