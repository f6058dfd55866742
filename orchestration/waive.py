"""Accept a blocking finding by name, for a time and with a reason; it changes no figure."""

from getpass import getuser

import click
import sqlalchemy as sa

from expectations.reconciliation import reconciliations
from expectations.registry import calendar
from orchestration.intake import register
from orchestration.settings import Home


@click.command("waive", help="按名豁免一条核对错误，FINDING 写作 R12:编号（无编号的写单位代码）。")
@click.argument("finding")
@click.option("--reason", required=True, help="豁免理由，至少 4 个字")
@click.option("--until", required=True, help="豁免至哪个报告期（含），如 2023-12")
@click.option("--by", default=getuser, show_default="登录用户", help="豁免人")
@click.pass_obj
def waive_command(home: Home, finding: str, reason: str, until: str, by: str) -> None:
    """Write the waiver into the register; the next run reads it."""
    rule, _, key = finding.partition(":")
    declared = reconciliations().get(rule)
    if declared is None or not key:
        raise click.UsageError(f"{finding} 应写作 规则:编号，如 R12:LA2023000001")
    if not declared.waivable:
        raise click.UsageError(f"{rule} 是提示，不阻止发布，无需豁免")
    if until not in calendar():
        raise click.UsageError(f"报告期 {until} 不在日历中，应写作 2023-12")
    if len(reason.strip()) < 4:
        raise click.UsageError("豁免理由至少 4 个字")
    row = {"finding": rule, "key": key, "reason": reason.strip(), "by": by, "until": until}
    engine = register.open_register(home)
    with engine.begin() as db:
        db.execute(sa.insert(register.waivers).values(period=until, **row))
    engine.dispose()
    click.echo(f"已豁免 {rule} {key}，至 {until}")
