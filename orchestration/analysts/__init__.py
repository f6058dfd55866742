"""What a release tells those who query it themselves: `docs/`, static pages without a server."""

import re
import shutil
from pathlib import Path

import duckdb

from orchestration.analysts import dictionary, entities, models
from orchestration.analysts.page import page
from orchestration.settings import REPORTS, Home

SOURCES = REPORTS / "analysts"
COOKBOOK = SOURCES / "cookbook"
TOLD = re.compile(r"-- 标题：(?P<title>.+)\n-- 用途：(?P<purpose>.+)\n")
INDEX = """\
# 给分析人员

| 页 | 内容 |
|---|---|
| [怎样打开数据集市](opening.html) | DuckDB 命令行和界面、Python、R、DBeaver、Excel |
| [查询手册](cookbook.html) | 二十个可直接运行的查询，原文件在 `cookbook/` |
| [指标和表](tables.html) | 集市中每张表、每一列的含义 |
| [实体关系图](entities.html) | 报表之间凭哪个编号相连 |
| [数据字典](dictionary/index.html) | 报表的栏目、代码和校验规则 |
| [查错成绩单](scorecard.html) | 植入每一种错误，各规则查出多少、误报多少 |
"""
MODELS = "| [计算过程](models.html) | 每个 dbt 模型的说明、列、检验、上下游和 SQL |\n"
TABLES = """
    select table_name, comment from duckdb_tables()
    where schema_name = 'marts' order by table_name
"""
COLUMNS = """
    select column_name, data_type, coalesce(comment, '') from duckdb_columns()
    where schema_name = 'marts' and table_name = ? order by column_index
"""


def write_docs(home: Home, release: Path) -> None:
    """Write `docs` into a release that is being made; the same release, the same bytes.

    Args:
        home: its parsed dbt project tells how the tables were computed, where there is one.
        release: the folder; its `jijian.duckdb` tells the tables.
    """
    docs = release / "docs"
    shutil.copytree(COOKBOOK, docs / "cookbook")
    found = {"index.html": INDEX, "cookbook.html": _cookbook(), "tables.html": _tables(release)}
    for name in ("opening", "scorecard"):
        found[f"{name}.html"] = (SOURCES / f"{name}.md").read_text(encoding="utf-8")
    manifest = home.dbt_target / "manifest.json"
    if manifest.exists():
        found["index.html"] += MODELS
        found["models.html"] = models.text(manifest)
    for name, text in found.items():
        (docs / name).write_text(page(text), encoding="utf-8")
    drawn = entities.svg()
    (docs / "entities.svg").write_text(drawn, encoding="utf-8")
    (docs / "entities.html").write_text(page(f"# 实体关系图\n\n{drawn}\n"), encoding="utf-8")
    (docs / "dictionary").mkdir()
    for name, text in dictionary.pages().items():
        path = (docs / "dictionary" / name).with_suffix(".html")
        path.write_text(page(text, above="../index.html"), encoding="utf-8")


def _cookbook() -> str:
    parts = ["# 查询手册", "每个查询可在任何一次发布上运行，换掉指标名、单位或代码即可另作他用。"]
    for path in sorted(COOKBOOK.glob("*.sql")):
        sql = path.read_text(encoding="utf-8")
        told = TOLD.match(sql)
        assert told, f"{path.name} 应以标题和用途两行开头"
        parts.append(f"## {path.name[:2]} {told['title']}\n\n{told['purpose']}")
        parts.append(f"[{path.name}](cookbook/{path.name})\n\n```sql\n{sql[told.end() :]}```")
    return "\n\n".join(parts) + "\n"


def _tables(release: Path) -> str:
    parts = ["# 指标和表", "指标的含义见 `marts.dim_indicator` 和数据站的“指标口径”页。"]
    with duckdb.connect(str(release / "jijian.duckdb"), read_only=True) as con:
        for name, comment in con.execute(TABLES).fetchall():
            columns = con.execute(COLUMNS, [name]).fetchall()
            lines = "\n".join(
                f"| `{column}` | {kind} | {text.replace('|', '｜')} |"
                for column, kind, text in columns
            )
            head = "| 列 | 类型 | 含义 |\n|---|---|---|"
            parts.append(f"## marts.{name}\n\n{comment or ''}\n\n{head}\n{lines}")
    return "\n\n".join(parts) + "\n"
