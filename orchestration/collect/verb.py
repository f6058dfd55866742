"""`jijian collect`: fetch what is new at the units' places, then receive it."""

import click

from orchestration.collect.collect import collect
from orchestration.collect.places import places
from orchestration.collect.visiting import Visit
from orchestration.intake.owed import month
from orchestration.intake.receipts import receipt
from orchestration.intake.receive import HandIn, files_under, is_returned, receive
from orchestration.settings import Home, clock


@click.command("collect", help="从 places.yml 写明的各单位位置取新报表到收件箱，并随即接收。")
@click.option("--period", help="只取路径中含该报告期的文件，如 2023-08")
@click.pass_context
def collect_command(context: click.Context, period: str | None) -> None:
    """Exit 1 if a place could not be read or anything was returned."""
    home: Home = context.obj
    asked = places(home)
    if period:
        month(period)
    click.echo(f"▶ 取件：{len(asked)} 个单位")
    has_trouble = False
    for visit in collect(home, asked, clock, period=period):
        click.echo(_line(visit))
        has_trouble |= visit.trouble is not None
        has_trouble |= _received(home, visit)
    context.exit(1 if has_trouble else 0)


def _received(home: Home, visit: Visit) -> bool:
    """Receive what came from one place, also before a kill: whether anything is not in order."""
    folder, at, has_trouble = home.inbox / visit.place.unit_code, clock(), False
    here = files_under([folder]) if folder.is_dir() else []
    for decision in receive(home, [HandIn(p, at) for p in here]) if here else ():
        outcome = receipt.OUTCOMES[decision.outcome]
        click.echo(f"{outcome}\t{decision.shown_name}\t发现{len(decision.findings)}条")
        has_trouble |= is_returned(decision)
        if decision.unit_code not in (None, visit.place.unit_code):
            has_trouble = True
            click.echo(
                f"注意\t取自 {visit.place.unit_code} 的文件报的是 {decision.unit_code}，请核实"
            )
    return has_trouble


def _line(visit: Visit) -> str:
    told = [f"取到 {len(visit.landed)} 个文件"]
    if visit.unsettled:
        told.append(f"{visit.unsettled} 个仍在写入或前一版尚未接收，下次再取")
    if visit.trouble:
        told.append(visit.trouble)
    return f"{visit.place.unit_code}\t{'；'.join(told)}"
