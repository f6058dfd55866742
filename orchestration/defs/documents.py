"""What people open, made from a release by the same verbs as on the command line."""

import click
import dagster as dg

from orchestration.defs.partitions import periods
from orchestration.defs.release import release
from orchestration.documents.verb import report_command
from orchestration.settings import home
from orchestration.site.verbs import site_command

GROUP = "reports"


def _run(verb: click.Command, *words: str) -> None:
    code = verb.main([*words], obj=home(), standalone_mode=False)
    if code:
        raise dg.Failure(f"jijian {' '.join((verb.name or '', *words))} 未完成，退出码 {code}")


@dg.asset(
    partitions_def=periods,
    group_name=GROUP,
    deps=[release],
    description="通报、一页纸、讲话数据素材、统计表、督办清单、单位提示函，在发布的 reports/ 下",
)
def bulletin(context: dg.AssetExecutionContext) -> dg.MaterializeResult[None]:
    """Write the bulletin of the period from the current release."""
    _run(report_command, "--period", context.partition_key, "--notices")
    return _written("reports")


@dg.asset(
    partitions_def=periods,
    group_name=GROUP,
    deps=[release],
    description="数据站：当前发布的网页，放在发布的 site/ 下；需要 Node，约 1–3 分钟",
)
def site(context: dg.AssetExecutionContext) -> dg.MaterializeResult[None]:
    """Build the site of the current release, if that is the period's."""
    current = (home().releases / "current").resolve().name
    if not current.startswith(f"{context.partition_key}_"):
        raise dg.Failure(f"当前发布是 {current}，不是 {context.partition_key}；请先发布该报告期")
    _run(site_command)
    return _written("site")


def _written(folder: str) -> dg.MaterializeResult[None]:
    path = (home().releases / "current").resolve() / folder
    return dg.MaterializeResult(metadata={"folder": dg.MetadataValue.path(str(path))})
