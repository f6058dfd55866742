"""The command line `jijian`: words of the user in, one line of text per result out."""

import csv
import json
import signal
import sys
from datetime import datetime
from pathlib import Path

import click

from expectations.contract import contracts
from orchestration import produce, settings, trouble
from orchestration.analysts.dictionary import dictionary_command
from orchestration.collect.verb import collect_command
from orchestration.doctor.verb import doctor_command
from orchestration.documents.verb import report_command
from orchestration.intake.owed import month, unit_in
from orchestration.intake.receipts import receipt, restated
from orchestration.intake.receive import HandIn, files_under, is_returned, receive
from orchestration.intake.status import MISSING, RETURNED, status
from orchestration.lineage.explain import explain_command
from orchestration.render.verb import render_command
from orchestration.settings import LOCAL, Home
from orchestration.site.verbs import serve_command, site_command
from orchestration.waivers.answers import answers_command
from orchestration.waivers.waive import waive_command

STOPPED = "已中止，启动的程序也已结束；已接收的报表和已有的发布都完好，重新运行同一命令即可"
LATE_WORDS = dict.fromkeys((MISSING, RETURNED), "已逾期")


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]}, help="纪检监察统计数据仓库。"
)
@click.option(
    "--home", type=click.Path(file_okay=False), help="数据目录（默认 JIJIAN_HOME 或 ./data）"
)
@click.pass_context
def cli(context: click.Context, home: str | None) -> None:
    """The statistics warehouse."""
    context.obj = settings.home(home)


@cli.command("template", help="生成一个单位一个报告期的待填报表册。")
@click.option("--unit", "unit_code", required=True, help="单位代码，如 TWN03")
@click.option("--period", required=True, help="报告期，如 2023-08")
@click.option("--carry", is_flag=True, help="带出本单位上次报表中仍须列示的事项")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="写入的目录（默认当前目录）",
)
@click.pass_obj
def template_command(home: Home, unit_code: str, period: str, carry: bool, out: Path) -> None:
    """Write the workbook of one unit and period, empty or with what it has to list again."""
    # with the parser of their formulas, which other verbs do without
    from orchestration.intake.template import write as template
    from orchestration.intake.template.carry import carried

    asked = month(period)
    unit = unit_in(unit_code, asked)
    rows = carried(home, unit, asked) if carry else {}
    data = template.workbook(unit, asked, rows)
    out.mkdir(parents=True, exist_ok=True)
    path = out / f"{unit_code}__{period}.xlsx"
    try:
        with path.open("xb") as file:  # a filled workbook is never overwritten
            file.write(data)
    except FileExistsError:
        raise click.UsageError(f"{path} 已存在，未改动；请移走后再生成") from None
    click.echo(path)
    for form, listed in rows.items():
        if listed.rows.num_rows:
            click.echo(f"  {contracts()[form].title}：带出 {listed.rows.num_rows} 行")


@cli.command("receive", help="接收报表：逐个接收或退回，并写出回执。")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--received-at", help="收到时间 2023-08-04T09:00，或 mtime（文件修改时间）")
@click.option("--plan", type=click.Path(path_type=Path), help="CSV：path,received_at")
@click.option("--json", "as_json", is_flag=True, help="每个文件输出一行 JSON")
@click.pass_context
def receive_command(
    context: click.Context,
    paths: tuple[Path, ...],
    received_at: str | None,
    plan: Path | None,
    as_json: bool,
) -> None:
    """Take files in, accept or return each, and write the receipts."""
    if bool(paths) == bool(plan):
        raise click.UsageError("请给出文件或文件夹，或者 --plan，二者择一")
    batch = _planned(plan) if plan else _handed_in(paths, received_at)
    returned = False
    for decision in receive(context.obj, batch):
        returned |= is_returned(decision)
        if as_json:
            click.echo(json.dumps(receipt.as_json(decision), ensure_ascii=False))
        else:
            outcome = receipt.OUTCOMES[decision.outcome]
            click.echo(f"{outcome}\t{decision.shown_name}\t发现{len(decision.findings)}条")
            for line in restated.on_screen(decision):
                click.echo(line)
    context.exit(1 if returned else 0)


@cli.command("status", help="列出各单位各报表的报送状态。")
@click.option("--period", required=True, help="报告期，如 2023-08")
@click.pass_obj
def status_command(home: Home, period: str) -> None:
    """List who has reported what, and how complete that is."""
    found, totals = status(home, period)
    for line in found:
        nil = "（零报告）" if line.is_nil else ""
        late = f"\t{LATE_WORDS.get(line.state, '迟报')}{line.days_late}天" if line.days_late else ""
        click.echo(f"{line.unit_code}\t{line.short_name}\t{line.title}\t{line.state}{nil}{late}")
    click.echo()
    for total in totals:
        name = contracts()[total.form].title if total.form else "全部报表（逐张报齐的单位）"
        click.echo(f"合计\t{name}\t{total}")


for made in (
    collect_command,
    produce.sample_command,
    produce.run_command,
    report_command,
    site_command,
    serve_command,
    render_command,
    waive_command,
    answers_command,
    doctor_command,
    dictionary_command,
    explain_command,
):
    cli.add_command(made)


def _planned(plan: Path) -> list[HandIn]:
    with plan.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if not {"path", "received_at"} <= set(reader.fieldnames or ()):
            raise ValueError(f"{plan} 应有 path 和 received_at 两列")
        rows = [(plan.parent / r["path"], _moment(r["received_at"])) for r in reader]
    return [HandIn(p, at) for path, at in rows for p in files_under([path])]


def _handed_in(paths: tuple[Path, ...], received_at: str | None) -> list[HandIn]:
    found = files_under(paths)
    if received_at == "mtime":
        times = [datetime.fromtimestamp(p.stat().st_mtime, LOCAL) for p in found]
        return [HandIn(p, _to_second(at)) for p, at in zip(found, times, strict=True)]
    at = _moment(received_at) if received_at else settings.clock()
    return [HandIn(p, at) for p in found]


def _moment(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"时间 {text} 应写作 2023-08-04T09:00") from None
    return _to_second(at.astimezone(LOCAL) if at.tzinfo else at)


def _to_second(at: datetime) -> datetime:
    return at.replace(tzinfo=None, microsecond=0)


def main() -> None:
    """Run the command line; a failure is one line on stderr and exit 2, never a traceback.

    Told to end by SIGTERM or SIGHUP it does what it does at Ctrl+C: what it started ends too, one
    line, and exit 130 as of any program that was interrupted.
    """
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:  # `nohup` ignores the second
            signal.signal(number, signal.default_int_handler)
    try:
        code = cli.main(standalone_mode=False)
    except click.exceptions.Abort:
        _fail(STOPPED, 128 + signal.SIGINT)
    except click.ClickException as error:
        _fail(error.format_message())
    except OSError as error:
        _fail(_trouble_with(error))
    except Exception as error:
        _fail(trouble.told(error) or str(error) or type(error).__name__)
    else:
        sys.exit(code if isinstance(code, int) else 0)


def _trouble_with(error: OSError) -> str:
    full = trouble.told(error)
    if error.filename is None or full == trouble.FULL:
        return full or str(error)
    return f"无法读写 {error.filename}：请检查路径、权限和磁盘空间"


def _fail(text: str, code: int = 2) -> None:
    click.echo(f"jijian: {' '.join(text.split())}", err=True)
    sys.exit(code)
