"""How the figures are computed: every model as dbt parsed it, on one page."""

import json
from pathlib import Path
from typing import Any

LAYERS = {
    "staging": "整理后的报表",
    "intermediate": "计算过程",
    "marts": "数据集市",
    "reconciliations": "核对规则",
}


def text(manifest: Path) -> str:
    """Markdown of all models by layer and name; SQL as written, so that no path is told."""
    nodes = json.loads(manifest.read_text(encoding="utf-8"))["nodes"]
    models = {k: n for k, n in nodes.items() if n["resource_type"] == "model"}
    readers: dict[str, list[str]] = {}
    tests: dict[tuple[str, str], set[str]] = {}
    for key, node in sorted(nodes.items()):
        for parent in node["depends_on"].get("nodes", ()):
            if key in models:
                readers.setdefault(parent, []).append(_named(key))
        if node["resource_type"] == "test" and node.get("column_name"):
            held = tests.setdefault((node["attached_node"], node["column_name"]), set())
            held.add(node["test_metadata"]["name"])
    parts = ["# 计算过程", "由报表到数据集市的每一步。标“检验”的条件不成立时不会发布。"]
    for layer, title in LAYERS.items():
        names = sorted((n["name"], k) for k, n in models.items() if n["fqn"][1] == layer)
        parts.append(f"**{title}**：" + "、".join(f"[{n}](#{n})" for n, _ in names))
    for key in sorted(models, key=lambda k: str(models[k]["name"])):
        parts.append(_model(models[key], readers.get(key, []), key, tests))
    return "\n\n".join(parts) + "\n"


def _model(
    node: dict[str, Any], readers: list[str], key: str, tests: dict[tuple[str, str], set[str]]
) -> str:
    parents = [_named(n) for n in sorted(node["depends_on"]["nodes"])]
    columns = "\n".join(
        f"| `{c['name']}` | {c.get('data_type') or ''} | {c['description']} |"
        f" {'、'.join(sorted(tests.get((key, c['name']), ())))} |"
        for c in node["columns"].values()
    )
    table = f"| 列 | 类型 | 含义 | 检验 |\n|---|---|---|---|\n{columns}\n\n" if columns else ""
    return (
        f"## {node['name']}\n\n{node['description']}\n\n"
        f"取自：{'、'.join(parents) or '无'}。用于：{'、'.join(readers) or '发布'}。\n\n"
        f"{table}<details><summary>SQL</summary>\n\n```sql\n{node['raw_code']}\n```\n\n</details>"
    )


def _named(node_id: str) -> str:
    """A link to a model; a seed or a source, which has no place here, by name only."""
    kind, *_, name = node_id.split(".")
    return f"[{name}](#{name})" if kind == "model" else f"`{name}`"
