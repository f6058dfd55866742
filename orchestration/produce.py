"""The verbs that make something of what was received: sample, run."""

import logging
import sys
from datetime import datetime

import click

from expectations.registry import calendar
from orchestration.intake import register
from orchestration.progress import shown, step
from orchestration.release.inputs import known_at
from orchestration.release.publish import ReleaseBlockedError, existing, switch
from orchestration.settings import Home


@click.command("sample", help="写出示例区（虚构）的报表册和报送计划。")
@click.option("--from", "first", default="2022-01", show_default=True, help="首个报告期")
@click.option("--to", "last", default="2023-07", show_default=True, help="末个报告期")
@click.option("--seed", default=7, show_default=True, help="随机种子：相同种子，相同文件")
@click.option("--truth", multiple=True, help="写出该报告期的真值，可重复（默认末个报告期）")
@click.option("--messy", is_flag=True, help="同样的数据，但列序、表头行、写法各异，部分为 CSV")
@click.option("--faults", is_flag=True, help="植入每一种错误，应有的发现逐格写在 truth.csv")
@click.pass_obj
def sample_command(
    home: Home,
    first: str,
    last: str,
    seed: int,
    truth: tuple[str, ...],
    messy: bool,
    faults: bool,
) -> None:
    """Write the sample district's workbooks into the inbox, and its true figures beside."""
    from orchestration.sample import write_sample

    for period in truth:
        if not first <= period <= last or period not in calendar():
            raise click.UsageError(f"--truth {period} 不在 {first} 至 {last} 之内，应写作 2023-07")
    if faults and messy:
        raise click.UsageError("--faults 与 --messy 不能同用：真值逐格写明，须按模板的版式")
    with shown(logging.StreamHandler(sys.stdout)), step("写出示例报表册"):
        paths = write_sample(home, first, last, seed, truth=truth, messy=messy, faults=faults)
    click.echo(f"{len(paths)} 个文件在 {home.inbox}，报送计划 {home.sample / 'plan.csv'}")
    click.echo(f"真值在 {home.sample / 'truth'}")


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
    moment = known_at(as_of) if as_of else _last_received(home)
    if moment is None:
        raise click.UsageError("登记簿中还没有任何报表，请先 jijian receive")
    found = existing(home, period, moment, is_provisional=provisional)
    if found is not None:
        switch(home, found.path)
        click.echo(f"报表、豁免和程序都没有变化，不重复计算；当前发布 {found.id}：{found.path}")
        return
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
