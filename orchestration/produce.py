"""The verbs that make something of what was received: sample, run, report."""

import json
import logging
import sys
from datetime import datetime, timedelta
from pathlib import Path

import click

from expectations.registry import calendar
from orchestration.intake import register
from orchestration.progress import shown, step
from orchestration.publish import ReleaseBlockedError
from orchestration.settings import Home


@click.command("sample", help="写出示例区（虚构）的报表册和报送计划。")
@click.option("--from", "first", default="2022-01", show_default=True, help="首个报告期")
@click.option("--to", "last", default="2023-07", show_default=True, help="末个报告期")
@click.option("--seed", default=7, show_default=True, help="随机种子：相同种子，相同文件")
@click.pass_obj
def sample_command(home: Home, first: str, last: str, seed: int) -> None:
    """Write the sample district's workbooks into the inbox."""
    from orchestration.sample import write_sample

    with shown(logging.StreamHandler(sys.stdout)), step("写出示例报表册"):
        paths = write_sample(home, first, last, seed)
    click.echo(f"{len(paths)} 个文件在 {home.inbox}，报送计划 {home.sample / 'plan.csv'}")


@click.command("run", help="入库、计算、发布一个报告期。")
@click.option("--period", required=True, help="报告期，如 2023-07")
@click.option("--as-of", help="数据认知时点 2023-08-10 或 2023-08-10T12:00（默认最近一次接收）")
@click.option("--provisional", is_flag=True, help="有未解决错误也发布，标注初步数")
@click.pass_context
def run_command(context: click.Context, period: str, as_of: str | None, provisional: bool) -> None:
    """Land, build and publish a period through Dagster, in this process."""
    home: Home = context.obj
    if period not in calendar():
        raise click.UsageError(f"报告期 {period} 不在日历中，应写作 2023-07")
    moment = _known_at(as_of) if as_of else _last_received(home)
    if moment is None:
        raise click.UsageError("登记簿中还没有任何报表，请先 jijian receive")
    try:
        with shown(logging.StreamHandler(sys.stdout)), step(f"运行 {period}"):
            with step("装载 Dagster 与 dbt"):
                from orchestration.defs.run import run_period
            made = run_period(home, period, moment, is_provisional=provisional)
    except ReleaseBlockedError as blocked:
        click.echo(
            f"未发布：{blocked}。更正后重新报送，或按名豁免，或用 --provisional 发布初步数。"
        )
        click.echo("\n".join(blocked.findings))
        context.exit(1)
    click.echo(f"发布 {made.id}：{made.path}")


def _last_received(home: Home) -> datetime | None:
    engine = register.open_register(home)
    with engine.connect() as db:
        moment = register.latest_received_at(db)
    engine.dispose()
    return moment


def _known_at(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f"时点 {text} 应写作 2023-08-10 或 2023-08-10T12:00") from None
    return moment + timedelta(days=1, seconds=-1) if len(text) == len("2023-08-10") else moment


@click.command("report", help="从当前发布写出通报（docx 与 PDF）。")
@click.option("--period", required=True, help="报告期，如 2023-07")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="输出目录")
@click.pass_obj
def report_command(home: Home, period: str, out: Path | None) -> None:
    """Write the bulletin of a period from the current release."""
    from reports.bulletin.content import bulletin
    from reports.bulletin.figures import figures_of
    from reports.bulletin.pdf import chinese_font, write_pdf
    from reports.bulletin.word import write_docx

    release = _current(home)
    manifest = json.loads((release / "manifest.json").read_text(encoding="utf-8"))
    figures = figures_of(release / "jijian.duckdb", period)
    if not figures.rows:
        raise click.UsageError(f"当前发布 {release.name} 不含报告期 {period}")
    ends_on = calendar()[period].ends_on
    cut_off = f"{ends_on.year}年{ends_on.month}月{ends_on.day}日"
    content = bulletin(figures, period, cut_off, is_provisional=manifest["is_provisional"])
    folder = out or home.root / "reports" / release.name
    folder.mkdir(parents=True, exist_ok=True)
    click.echo(write_docx(content, folder / f"通报_{period}.docx"))
    font = chinese_font()
    if font is None:
        click.echo("没有找到中文字体，未写 PDF；安装任一中文字体（如 fonts-noto-cjk）后重试")
        return
    click.echo(write_pdf(content, folder / f"通报_{period}.pdf", font))
    click.echo(f"PDF 字体：{font}")


def _current(home: Home) -> Path:
    link = home.releases / "current"
    if not link.exists():
        raise click.UsageError("还没有发布，请先 jijian run")
    return link.resolve()
