"""The verb `explain`: where a printed figure comes from, down to the rows of the returns.

What its page on the site says, from the same queries; and, on the home only, every source row by
file hash, sheet and row. Rows of the supervision office of cadres (GBJ) are only counted.
"""

import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import duckdb

from expectations.contract import contracts
from expectations.registry import calendar
from orchestration.render import standalone
from orchestration.settings import REPORTS, Home
from orchestration.site.build import lay_about

NUMBER_ID = re.compile(r"([a-z0-9_]+)@(\w+)(?:/([\w:]+))?", re.ASCII)
DISTRICT = "QX00"
PRIVATE = "GBJ"
ROWS = """
    select s.form, s.unit_code, s.period, s.file_sha256, s.sheet, s.row_no
    from (
        select unnest(source_ids) as source_id from figures
        where indicator = ? and unit_code = ? and slice = ?
    )
    inner join source_rows as s using (source_id)
    order by all
"""
COMPUTED = """
    select value, numerator, denominator, text_value from {table}
    where indicator = ? and unit_code = ? and slice = ?
"""
Row = dict[str, Any]


@click.command(
    "explain", help="说明一个数字的来历：口径、分子分母、报送、规则，直到来源报表的每一行。"
)
@click.argument("figure", metavar="编号")
@click.option("--period", help="报告期，如 2023-07（默认当前发布的报告期）")
@click.pass_obj
def explain_command(home: Home, figure: str, period: str | None) -> None:
    """Print the passport of a figure of the current release, with its source rows."""
    release = home.releases / "current"
    if not (release / "manifest.json").is_file():
        raise click.UsageError("还没有发布，请先 jijian run")
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
        for line in passport(home, release.resolve(), manifest, figure, asked):
            click.echo(line)
    except LineageError as error:
        raise click.UsageError(str(error)) from None


def passport(
    home: Home, release: Path, manifest: Row, number_id: str, period: str
) -> Iterator[str]:
    """The lines of a figure's passport.

    Raises:
        click.UsageError: the release does not hold the figure.
        LineageError: the warehouse is not the one that the release was made from.
    """
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(folder, "release.duckdb")  # the schema `about` is laid beside the marts
        shutil.copyfile(release / "jijian.duckdb", copied)
        with duckdb.connect(str(copied)) as con:
            lay_about(con, manifest["release"], manifest["as_of"], manifest["is_provisional"])
            part = _part(con, number_id, period)
            figure = _figure(con, _whole(part) if part else number_id, period)
            if part:
                yield _of_whole(number_id, part)
            rows = source_rows(home, con, figure)
            yield from _meaning(con, figure, manifest)
            yield from _returns(con, figure)
            yield from _rules(con, figure)
            yield from _rows(rows)


def source_rows(home: Home, released: duckdb.DuckDBPyConnection, figure: Row) -> list[Row]:
    """The rows of returns behind a released figure.

    Raises:
        LineageError: traced through the warehouse, the figure comes out otherwise.
    """
    from orchestration.lineage.trace import LineageError, traced

    key = [figure["indicator"], figure["unit_code"], figure["slice"]]
    mart = COMPUTED.format(table="marts.rpt_indicators") + " and period = ?"
    with traced(home, figure["period"]) as con:
        computed = con.execute(COMPUTED.format(table="figures"), key).fetchone()
        if computed != released.execute(mart, [*key, figure["period"]]).fetchone():
            raise LineageError("仓库已不是当前发布所用的，无法追溯到行，请重新 jijian run 这一期")
        return rows_behind(con, *key)


def rows_behind(con: duckdb.DuckDBPyConnection, indicator: str, unit: str, part: str) -> list[Row]:
    """The rows of returns behind a figure of a trace, in the order of form, unit and period."""
    return _records(con.execute(ROWS, [indicator, unit, part]))


def _figure(con: duckdb.DuckDBPyConnection, number_id: str, period: str) -> Row:
    found = _asked(con, "indicator_figures", "number_id = ? and period = ?", number_id, period)
    if found:
        return found[0]
    held = con.execute("select min(period), max(period) from marts.rpt_indicators").fetchone()
    span = "至".join(held or ())
    raise click.UsageError(f"当前发布（{span}）在 {period} 没有编号为 {number_id} 的数字")


def _part(con: duckdb.DuckDBPyConnection, number_id: str, period: str) -> Row | None:
    """The figure, if it is a part of another (`queries/composed.sql`)."""
    own = "indicator || '@' || unit_code || '/' || slice = ? and period = ?"
    found = _asked(con, "composed", own, number_id, period)
    return found[0] if found else None


def _whole(part: Row) -> str:
    """The id of the figure that it is a part of."""
    slice_ = f"/{part['whole_slice']}" if part["whole_slice"] else ""
    return f"{part['indicator']}@{part['unit_code']}{slice_}"


def _of_whole(number_id: str, part: Row) -> str:
    value = "—" if part["value"] is None else f"{part['value']:g}"
    if part["denominator"] is not None:
        value += f"（{part['numerator']:g} ÷ {part['denominator']:g}）"
    return f"分项　{number_id}　{value}；是下列数字按代码分列的一项，来源行在其中"


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
        yield f"　　{r['rule']}　{r['meaning']}：{counts}"


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
    sql = standalone(REPORTS / "queries", query)
    return _records(con.execute(f"from ({sql}) where {where}", list(values)))


def _records(found: duckdb.DuckDBPyConnection) -> list[Row]:
    names = [d[0] for d in found.description or []]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
