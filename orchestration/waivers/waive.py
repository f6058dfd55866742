"""Accept by name, for a time and with a reason, a blocking finding or a unit's answer.

It changes no figure. A finding between forms is accepted up to a period, an answer up to a day.
"""

from getpass import getuser

import click
import sqlalchemy as sa

from expectations.reconciliation import reconciliations
from expectations.registry import calendar
from orchestration.intake import register
from orchestration.settings import Home
from orchestration.waivers import answers


@click.command(
    "waive",
    help="按名豁免一条核对错误，FINDING 写作 R12:编号（无编号的写单位代码）；"
    "或同意单位对一条警告的说明，FINDING 照 jijian answers 所列写。",
)
@click.argument("finding")
@click.option("--reason", required=True, help="豁免或同意的理由，至少 4 个字")
@click.option(
    "--until",
    required=True,
    help="豁免至哪个报告期（含），如 2023-12；同意说明的，至哪一天（含），如 2023-12-31",
)
@click.option("--by", default=getuser, show_default="登录用户", help="豁免人")
@click.pass_obj
def waive_command(home: Home, finding: str, reason: str, until: str, by: str) -> None:
    """Write the waiver into the register; the next run reads it."""
    rule, _, key = finding.partition(":")
    if not key:
        raise click.UsageError(f"{finding} 应写作 规则:编号，如 R12:LA2023000001")
    if len(reason.strip()) < 4:
        raise click.UsageError("豁免理由至少 4 个字")
    if rule in reconciliations():
        _waive(home, rule, key, reason.strip(), until, by)
        click.echo(f"已豁免 {rule} {key}，至 {until}")
        return
    accepted = answers.accept(home, finding, until, reason.strip(), by)
    click.echo(f"已同意 {accepted.unit_code} 对 {accepted.name} 的说明，至 {until}")


def _waive(home: Home, rule: str, key: str, reason: str, until: str, by: str) -> None:
    if not reconciliations()[rule].waivable:
        raise click.UsageError(f"{rule} 不能按名豁免：提示不阻止发布，说明到期的请续期该说明")
    if until not in calendar():
        raise click.UsageError(f"报告期 {until} 不在日历中，应写作 2023-12")
    row = {"finding": rule, "key": key, "reason": reason, "by": by, "until": until}
    engine = register.open_register(home)
    with engine.begin() as db:
        db.execute(sa.insert(register.waivers).values(period=until, **row))
    engine.dispose()
