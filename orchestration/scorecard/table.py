"""The score card as a page of every release's docs, which names what it was measured of."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from expectations.contract import contracts
from expectations.reconciliation import reconciliations
from expectations.wording import GENERIC
from orchestration.sample import faults
from orchestration.sample.faults.between import ELSEWHERE
from orchestration.scorecard.score import PRECISION, RECALL, Score
from orchestration.settings import REPORTS

PAGE = REPORTS / "analysts" / "scorecard.md"
MEASURED = "量自契约与植入清单 "
OF_FILES = {  # what the rules about files and cells object to (returns §1.5)
    "P01": "不是可读的 .xlsx 或 CSV，封面缺失或有误",
    "P02": "同一报表有多张工作表",
    "P03": "封面列为有数据而没有工作表",
    "P04": "工作表有数据而封面未列",
    "P05": "不由本单位填报的报表",
    "P06": "找不到表头",
    "P07": "栏目重复",
    "P08": "缺少必填栏目",
    "P09": "封面行数与实际不符",
    "P10": "列为有数据的空表",
    "P11": "列为零报告而有数据",
    "P12": "模板不是现行版本",
    "P13": "未声明的工作表",
    "P14": "缺少选填栏目",
    "P15": "未声明的栏目",
    "P16": "隐藏或筛选的行",
    "P17": "合计行",
    "P18": "脚注行",
    "P19": "合并单元格",
    "P20": "CSV 没有封面",
    "P21": "关账前重报未填更正原因",
    "P22": "关账后重报未填更正原因",
    "P23": "迟报",
    "P24": "与已接收的文件相同",
    "P25": "单位曾用或后用名称",
    "P26": "填报人与审核人相同",
    "P27": "文件名与封面不符",
    "P28": "对警告的说明不能采用",
    "G02": "无法识别为所要求的类型，公式无值或为错误值",
    "G12": "禁止收集的栏目",
    "G13": "疑似身份证号、手机号或姓名",
    "G14": "以“—”“无”等表示空白",
}
HEADER = ("规则", "内容", "植入", "查出", "误报", "召回", "准确")


def fingerprint() -> str:
    """Changes with the rules, their words, the columns, and what is planted."""
    told = [
        repr((c.form, c.columns, [(r.id, r.check, r.severity, r.message) for r in c.rules]))
        for c in contracts().values()
    ]
    told += [repr((r.id, r.severity, r.message)) for r in reconciliations().values()]
    planted = Path(faults.__file__).parent
    texts = sorted([*planted.glob("*.py"), *planted.glob("*.yml")])
    told += [path.read_text(encoding="utf-8") for path in texts]
    return hashlib.sha256("".join(told).encode()).hexdigest()[:16]


def page(score: Score) -> str:
    """The page in Markdown."""
    return "\n".join(_lines(score)) + "\n"


def _lines(score: Score) -> Iterator[str]:
    yield "# 查错成绩单"
    yield ""
    yield "`make scorecard` 在示例区报表中植入契约所知的每一种错误（`jijian sample --faults`，"
    yield "应有的发现逐格写在 `sample/truth/truth.csv`），接收、核对后与真值逐格比对，写出本页。"
    yield "召回＝植入的错误中在应有的单元格被查出的比例；准确＝全部发现中真值所列的比例。"
    yield "规则、级别相符，且发现所指的单元格含植入的那一格，才算查出；必然连带的发现算对，"
    yield "不另计植入。"
    yield "跨报表的规则按单位和编号比对。"
    yield ""
    yield f"总计：植入 {score.planted.total()} 处，查出 {score.caught.total()} 处，"
    yield f"召回 {score.recall:.2%}（目标不低于 {RECALL:.0%}）；"
    yield f"误报 {len(score.wrong)} 条，准确 {score.precision:.2%}（目标不低于 {PRECISION:.0%}）。"
    yield ""
    yield f"健康报表中另有 {score.natural.total()} 条发现，都是示例区有意安排的迟报、超期"
    yield "（`orchestration/sample/rates.py`），此外没有任何发现。"
    yield ""
    yield "| " + " | ".join(HEADER) + " |"
    yield "|" + "|".join(["--"] * len(HEADER)) + "|"
    wrong, words = [f.rule for f in score.wrong], _words()
    for rule in sorted({*score.planted, *wrong}, key=_order):
        planted, caught, told = (c[rule] for c in (score.planted, score.caught, score.told))
        false = wrong.count(rule)
        recall = f"{caught / planted:.1%}" if planted else "—"
        precise = f"{told / (told + false):.1%}" if told + false else "—"
        cells = (
            rule,
            words[rule],
            planted,
            caught,
            false,
            recall,
            precise,
        )
        yield "| " + " | ".join(map(str, cells)) + " |"
    yield ""
    yield "以下规则核对的是本系统自己的计算或往期发布，报表里植不出，由测试在数据仓库中逐条破坏："
    yield f"{'、'.join(ELSEWHERE)}。"
    yield ""
    yield f"{MEASURED}{fingerprint()}。"


def _order(rule: str) -> tuple[int, str]:
    return ("PGR".find(rule[0]) if rule[1:].isdigit() else 2, rule)


def _words() -> dict[str, str]:
    """What each rule is about, in the words of its message."""
    found = OF_FILES | {rule: words[0] for rule, words in GENERIC.items()}
    found |= {r.id: r.message for c in contracts().values() for r in c.rules}
    found |= {r.id: r.message for r in reconciliations().values()}
    return {rule: words.replace("|", "／") for rule, words in found.items()}
