"""The data dictionary: a Chinese page for each form and one of all codes, from the contracts."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from expectations import wording
from expectations.contract import Column, Contract, contracts
from expectations.registry import FAR, codes, rows
from orchestration.intake.receipts.receipt import SEVERITIES
from orchestration.settings import Home

TYPES = {
    "id": "编号",
    "text": "文本",
    "date": "日期",
    "int": "整数",
    "decimal": "小数（万元）",
    "bool": "是/否",
}
KINDS = {"ledger": "台账（期末现状，年内累计）", "tally": "统计月报（当月数）", "yearly": "年报"}
PRIVACY = {"S1": "S1 可公开", "S2": "S2 内部", "S3": "S3 敏感（不入发布，仅以假名或汇总出现）"}
CODES = "codes.md"


def pages() -> dict[str, str]:
    """Text of every page by file name, the index first."""
    found = {"index.md": _index()}
    found |= {f"{c.form}.md": _page(c) for c in contracts().values()}
    return found | {CODES: _codes()}


def write(folder: Path) -> list[Path]:
    """Write all pages into the folder; their paths are the answer."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in pages()]


@click.command("dictionary", help="由报表合同生成数据字典：每张报表一页，另有代码表一页。")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="写入的目录（默认数据目录下的 dictionary）",
)
@click.pass_obj
def dictionary_command(home: Home, out: Path | None) -> None:
    """Write the data dictionary."""
    for path in write(out or home.root / "dictionary"):
        click.echo(path)


def _table(head: Sequence[str], lines: Iterator[Sequence[str]]) -> str:
    cells = [head, ["---"] * len(head), *([c.replace("|", "\\|") for c in x] for x in lines)]
    return "\n".join(f"| {' | '.join(line)} |" for line in cells)


def _index() -> str:
    types = {r["code"]: r["label"] for r in rows("code_lists") if r["list"] == "unit_type"}
    lines = (
        [
            f"[{c.title}]({c.form}.md)",
            f"`{c.form}`",
            KINDS[c.kind],
            "、".join(types.get(u, u) for u in c.owed_by),
            str(len(c.columns)),
            str(len(c.rules)),
        ]
        for c in contracts().values()
    )
    head = ("报表", "表名", "性质", "填报单位", "栏目数", "规则数")
    return f"# 数据字典\n\n{_table(head, lines)}\n\n代码表见 [{CODES}]({CODES})。\n"


def _page(contract: Contract) -> str:
    key = "、".join(contract.column(n).label for n in contract.key)
    columns = _table(
        ("栏目", "列名", "类型", "必填", "限制", "密级"),
        (_column(c) for c in contract.columns),
    )
    rules = _table(
        ("规则", "级别", "问题", "要求", "表达式", "依据"),
        (
            [
                r.id,
                SEVERITIES[r.severity],
                r.message,
                wording.expected(contract, r.id, r.columns),
                f"`{r.check}`",
                r.source,
            ]
            for r in contract.rules
        ),
    )
    return (
        f"# {contract.title}（`{contract.form}`）\n\n"
        f"{KINDS[contract.kind]}。主键：{key}。\n\n## 栏目\n\n{columns}\n\n## 规则\n\n{rules}\n"
    )


def _column(column: Column) -> list[str]:
    kind = TYPES.get(column.type, "单位代码")
    if column.code_list and column.code_list != "unit":
        kind = f"代码 [{column.code_list}]({CODES}#{column.code_list})"
    marks = [wording.limits(column)]
    marks += ["同一编号各行相同"] if column.same else []
    marks += ["填报后不得更改"] if column.fixed else []
    marks += ["可晚于报告期末"] if column.plan else []
    marks += [f"也可填 {code} {label}" for code, label in column.also.items()]
    return [
        column.label,
        f"`{column.name}`",
        kind,
        "是" if column.required else "",
        "；".join(m for m in marks if m),
        PRIVACY[column.privacy],
    ]


def _codes() -> str:
    used = {c.code_list for f in contracts().values() for c in f.columns} - {None, "unit"}
    parts = ["# 代码表\n\n单位代码见发布中的 `marts.dim_unit`。"]
    for name in sorted(str(u) for u in used):
        lines = (
            [
                c.code,
                c.label,
                "是" if c.is_leaf else "否（上级代码）",
                "" if c.valid_to == FAR else f"至 {c.valid_to}",
            ]
            for c in codes(name)
        )
        parts.append(f"## {name}\n\n{_table(('代码', '名称', '可填', '有效期'), lines)}")
    return "\n\n".join(parts) + "\n"
