"""The verb `render`."""

import click

from orchestration.render.files import all_stale, render_all
from orchestration.settings import PROJECT


@click.command("render", help="写出全部生成文件：reports/sources/ 的查询，dbt 的 __sources.yml。")
@click.option("--check", is_flag=True, help="只检查，有过期的列出并以 1 退出")
@click.pass_context
def render_command(context: click.Context, check: bool) -> None:
    """Write or check the generated files."""
    paths = all_stale() if check else render_all()
    for path in paths:
        click.echo(f"{'过期' if check else '写出'}\t{path.relative_to(PROJECT)}")
    context.exit(1 if check and paths else 0)
