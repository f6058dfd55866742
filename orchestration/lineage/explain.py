"""The verb `explain`: where a printed figure comes from, down to the rows of the returns.

What its page on the site says, from the same queries; and, on the home only, every source row by
file hash, sheet and row. Rows of the supervision office of cadres (GBJ) are only counted.
"""

import json
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click
import duckdb

from expectations.contract import contracts
from expectations.registry import calendar
from orchestration.settings import REPORTS, Home
from orchestration.site.build import lay_about
from orchestration.site.sources import standalone

NUMBER_ID = re.compile(r"([a-z0-9_]+)@(\w+)(?:/([\w:]+))?", re.ASCII)
DISTRICT = "QX00"
PRIVATE = "GBJ"
PART_NOTE = "上述口径中按代码分列的一项；占比的来源行是其总数的来源行"
Row = dict[str, Any]


@click.command("explain", help="说明数字的来历：口径、分子分母、报送、规则，直到来源报表的每一行。")
@click.argument("figures", metavar="编号…", nargs=-1, required=True)
@click.option("--period", help="报告期，如 2023-07（默认当前发布的报告期）")
@click.pass_obj
def explain_command(home: Home, figures: tuple[str, ...], period: str | None) -> None:
    """Print the passports of figures of the current release, with their source rows."""
    release = home.releases / "current"
    if not (release / "manifest.json").is_file():
        raise click.UsageError("还没有发布，请先 jijian run")
    for figure in figures:
        if not NUMBER_ID.fullmatch(figure):
            raise click.UsageError(
                f"{figure} 不是数字编号，应写作 指标@单位 或 指标@单位/分项，如 case_filed_cnt@QX00"
            )
    manifest = json.loads((release / "manifest.json").read_text(encoding="utf-8"))
    asked = period or manifest["period"]
    if asked not in calendar():
        raise click.UsageError(f"报告期 {asked} 不在日历中，应写作 2023-07")
    from orchestration.lineage.trace import (
        LineageError,  # with its parser, which other verbs do without
    )

    try:
        for line in passports(home, release.resolve(), manifest, figures, asked):
            click.echo(line)
    except LineageError as error:
        raise click.UsageError(str(error)) from None


def passports(
    home: Home, release: Path, manifest: Row, number_ids: Sequence[str], period: str
) -> Iterator[str]:
    """The lines of the passports of figures, an empty one between two.

    Raises:
        click.UsageError: the release does not hold one of the figures.
        LineageError: the warehouse is not the one that the release was made from.
    """
    from orchestration.lineage.behind import rows_of_figure
    from orchestration.lineage.trace import traced

    with tempfile.TemporaryDirectory() as folder:
        copied = Path(folder, "release.duckdb")  # the schema `about` is laid beside the marts
        shutil.copyfile(release / "jijian.duckdb", copied)
        with duckdb.connect(str(copied)) as con:
            lay_about(con, manifest["release"], manifest["as_of"], manifest["is_provisional"])
            found = [_figure(con, number_id, period) for number_id in number_ids]
            with traced(home, period) as trace:
                for place, figure in enumerate(found):
                    yield from [""] if place else []
                    rows = rows_of_figure(trace, con, figure)
                    yield from _meaning(con, figure, manifest)
                    yield from _returns(con, figure)
                    yield from _rules(con, figure)
                    yield from _rows(rows)


def _figure(con: duckdb.DuckDBPyConnection, number_id: str, period: str) -> Row:
    for query in ("indicator_figures", "part_figures"):
        found = _asked(con, query, "number_id = ? and period = ?", number_id, period)
        if found:
            return {"rows_number_id": number_id, "is_part": query == "part_figures"} | found[0]
    held = con.execute("select min(period), max(period) from marts.rpt_indicators").fetchone()
    span = "至".join(held or ())
    raise click.UsageError(f"当前发布（{span}）在 {period} 没有编号为 {number_id} 的数字")


def _meaning(con: duckdb.DuckDBPyConnection, figure: Row, manifest: Row) -> Iterator[str]:
    (told,) = _asked(con, "indicator_definitions", "indicator = ?", figure["indicator"])
    (about,) = _asked(con, "periods", "period = ?", figure["period"])
    forms = _asked(con, "indicator_forms", "indicator = ?", figure["indicator"])
    versions = "、".join(
        f"{f['form_name']}（契约 {manifest['contract_versions'][f['form']]}）" for f in forms
    )
    kind = "初步数" if manifest["is_provisional"] else "正式数"
    yield f"编号　{figure['number_id']}"
    yield f"指标　{told['no']} {told['title']}（{told['unit_of_measure']}，{told['window_text']}）"
    yield f"数字　{figure['text'].strip()}（{figure['unit_text']}，{figure['slice_text']}）"
    yield f"口径　{told['definition']}　口径版本 {told['version']}"
    if figure["is_part"]:
        yield f"分项　{PART_NOTE}"
    yield f"分母　{told['denominator_text']}"
    yield f"分子、分母的数　{figure['numerator_text']}、{figure['denominator_text']}"
    yield f"来源报表　{versions or told['forms_text']}"
    yield f"统计期　{figure['period']}，截至{about['ends_on_text']}"
    yield f"发布　{manifest['release']}（{kind}），计入 {manifest['as_of']} 以前收到的报表"
    yield f"程序　{manifest['code_version']}"


def _returns(con: duckdb.DuckDBPyConnection, figure: Row) -> Iterator[str]:
    """Who owes what the figure needs (the units that have it too), and who has not reported."""
    same = "indicator = ? and period = ? and unit_sort >= 0"
    key = (figure["indicator"], figure["period"])
    units = _asked(con, "indicator_figures", same, *key)
    own = [u for u in units if u["unit_code"] == figure["unit_code"]]
    within = [u for u in units if figure["unit_code"] in (DISTRICT, u["ranking_group"])]
    owed = {u["unit_text"]: u["unit_missing_count"] for u in own or within}
    missing = [unit for unit, count in owed.items() if count]
    named = f"（{'、'.join(missing)}）" if missing and figure["unit_missing_count"] else ""
    counted = f"应报 {len(owed)} 个单位，" if owed else ""
    yield f"报送　{counted}未报 {figure['unit_missing_count']} 个{named}"


def _rules(con: duckdb.DuckDBPyConnection, figure: Row) -> Iterator[str]:
    """The rules that the returns passed, and what is open or waived."""
    every = _asked(
        con, "passport_rules", "indicator = ? and unit_code = 'QX00'", figure["indicator"]
    )
    own = {
        r["rule"]: r
        for r in _asked(
            con,
            "passport_rules",
            "indicator = ? and unit_code = ?",
            figure["indicator"],
            figure["unit_code"],
        )
    }
    is_whole = figure["unit_text"] in ("全区", "纪检监察室", "派驻机构", "镇（街道）")
    hit = [r for r in (every if is_whole else own.values()) if r["result_text"] != "通过"]
    passed = [r["rule"] for r in every if r["rule"] not in {h["rule"] for h in hit}]
    yield f"规则　通过 {len(passed)} 条" + (f"：{' '.join(passed)}" if passed else "")
    for r in hit:
        counts = f"未解决 {r['open_cnt']}、已豁免 {r['waived_cnt']}"
        said = "" if r["answer_text"] == "—" else f"，单位说明：{r['answer_text']}"
        yield f"　　{r['rule']}　{r['meaning']}：{counts}{said}"


def _rows(rows: list[Row]) -> Iterator[str]:
    titles = {form: contract.title for form, contract in contracts().items()}
    if not rows:
        yield "来源行　无：数的是没有报事项的单位或本期没有事项，或取自单位名录、日历、上年发布"
        return
    yield f"来源行　共 {len(rows)} 行"
    counts: dict[tuple[str, str], int] = {}
    for r in rows:
        key = (titles[r["form"]], r["unit_code"])
        counts[key] = counts.get(key, 0) + 1
    yield from (f"　　{title}　{unit}　{count} 行" for (title, unit), count in counts.items())
    yield "逐行（文件 SHA-256、工作表、行）"
    for r in rows:
        if not r["unit_code"].startswith(PRIVATE):
            yield f"{r['file_sha256']}\t{r['sheet']}\t{r['row_no']}"


def _asked(con: duckdb.DuckDBPyConnection, query: str, where: str, *values: str) -> list[Row]:
    """Rows of a query, which is run once for all figures that are asked for."""
    from orchestration.lineage.behind import records

    sql = standalone(REPORTS / "queries", query)
    con.execute(f"create temp table if not exists asked_{query} as {sql}")
    return records(con.execute(f"from asked_{query} where {where}", list(values)))
