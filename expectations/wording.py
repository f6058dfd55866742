"""What a finding tells the unit: message, expectation and remedy in Chinese (returns §1.5).

Never a value of a cell: labels, limits and codes of the contract only.
"""

import re
from collections.abc import Sequence

from expectations.checks import ALWAYS, lives
from expectations.contract import Column, Contract
from expectations.finding import INFO, WARNING
from expectations.registry import codes, parameter

MANY_CODES = 12  # longer lists are not printed but named

GENERIC = {
    "G01": ("必填项为空", "请补填后重报本表"),
    "G03": ("格式、范围或长度不符", "请按要求修改后重报本表"),
    "G04": ("代码不存在、为上级代码或已停用", "请从下拉列表中选择后重报本表"),
    "G05": ("主键在本表中重复", "请删除或合并重复行后重报本表"),
    "G06": ("日期晚于报告期末", "请核对日期；本期以后发生的事项下期再报"),
    "G07": ("日期早于1980-01-01", "请核对年份后重报本表"),
    "G08": ("统计日期早于发生日期或无发生日期", "请核对两个日期后重报本表"),
    "G09": ("统计日期晚于发生日期过久", "请核实；确属补报的不必修改"),
    "G10": ("统计日期为空，已按发生日期计", "无需处理；如不属当日统计请填写统计日期"),
    "G11": ("同一编号各行内容不一致", "请统一该编号各行的内容后重报本表"),
}


def labels(contract: Contract, names: Sequence[str]) -> str:
    """The labels of columns as a Chinese enumeration."""
    return "、".join(contract.column(n).label for n in names)


def message(contract: Contract, rule: str, names: Sequence[str], count: int) -> str:
    """What is wrong: the rule's own message, or the generic one with its columns."""
    if rule not in GENERIC:
        return next(r.message for r in contract.rules if r.id == rule)
    text = f"{GENERIC[rule][0]}：{labels(contract, names)}"
    return f"{text}（{count}处）" if rule == "G10" else text


def fix(contract: Contract, rule: str, names: Sequence[str]) -> str:
    """How to mend it: what to look at and what to do then."""
    if rule in GENERIC:
        return GENERIC[rule][1]
    own = next(r for r in contract.rules if r.id == rule)
    if own.refuses_file:
        return "请从报表中删除该行，按规定渠道办理后重报"
    if own.severity in (WARNING, INFO):
        return f"请核实{labels(contract, names)}；确实无误的不必修改"
    return f"请核对{labels(contract, names)}，改正后重报本表"


def expected(contract: Contract, rule: str, names: Sequence[str]) -> str:
    """What was expected: by rule and column; row rules say it in the contract.

    A parameter's name in braces there stands for its value.
    """
    if rule not in GENERIC:
        own = next(r for r in contract.rules if r.id == rule)
        return re.sub(r"\{([a-z_]+)\}", lambda m: _number(m[1]), own.expected)
    if rule == "G05":
        return f"{labels(contract, contract.key)}合起来每行不同"
    return "；".join(_expected(contract, rule, contract.column(n)) for n in names)


def _expected(contract: Contract, rule: str, column: Column) -> str:
    label = column.label
    if rule in ("G01", "G03", "G04"):
        wanted = {"G01": "必须填写", "G03": limits(column), "G04": _codes(column)}
        return f"{label}{wanted[rule]}"
    if rule in ("G08", "G10"):
        return f"{label}不早于{_events(contract, column)}"
    if rule == "G09":
        return f"{label}在{_events(contract, column)}后{_number('stat_lag_days')}日以内"
    if rule == "G11":
        return f"同一{contract.column(contract.key[0]).label}各行的{label}相同"
    return f"{label}" + {"G06": "不晚于报告期末", "G07": "不早于1980-01-01"}[rule]


def _events(contract: Contract, column: Column) -> str:
    words = re.findall(r"[a-z_]+", column.stat_of or "")
    return labels(contract, [w for w in words if w in contract.names])


def _number(name: str) -> str:
    return f"{parameter(name, ALWAYS):g}"


def limits(column: Column) -> str:
    """Pattern, bounds and lengths of a column in words; empty if it has none."""
    parts = []
    if column.pattern:
        shape = column.pattern.strip("^$").replace("[0-9]+", "数字")
        shape = shape.replace("[a-z][a-z0-9_]*", "小写字母开头，由小写字母、数字和下划线组成")
        parts.append("应为" + re.sub(r"\[0-9\]\{(\d+)\}", r"\1位数字", shape))
    if column.not_value:
        parts.append(f"不能为{column.not_value}")
    bounds = ((column.min, "不小于"), (column.max, "不大于"), (column.above, "大于"))
    parts += [f"{word}{bound:g}" for bound, word in bounds if bound is not None]
    if column.max_length is not None:
        parts.append(f"不超过{column.max_length}字")
    if column.decimals is not None:
        parts.append(f"小数不超过{column.decimals}位")
    return "，".join(parts)


def _codes(column: Column) -> str:
    code_list = column.code_list or ""
    if code_list == "unit":
        also = "".join(f"，或 {code} {label}" for code, label in column.also.items())
        return f"应为已设立单位的代码或名称{also}"
    if len(lives(code_list)) > MANY_CODES:
        return "应为代码表中末级且有效的代码或名称"
    return "应为" + "、".join(f"{c.code} {c.label}" for c in codes(code_list) if c.is_leaf)
