"""What stands before raw: templates for the units, their receipts, and who is chased."""

import dagster as dg

from orchestration.defs.partitions import periods
from orchestration.intake.template.season import outstanding, write_chasing_list, write_templates
from orchestration.settings import home

GROUP = "collecting"

receipts = dg.AssetSpec(
    "receipts",
    deps=["templates"],
    group_name=GROUP,
    description="收到的报表册与回执：收件箱传感器或 jijian receive 逐个接收或退回",
    partitions_def=periods,
)


@dg.asset(
    group_name=GROUP,
    partitions_def=periods,
    description="各单位本期空白报表册，写入 templates/<报告期>/；已有的不覆盖",
)
def templates(context: dg.AssetExecutionContext) -> dg.MaterializeResult[None]:
    """Open the period: an empty workbook for every unit."""
    written = write_templates(home(), context.partition_key)
    folder = dg.MetadataValue.path(str(home().templates / context.partition_key))
    return dg.MaterializeResult(metadata={"written": len(written), "folder": folder})


@dg.asset(
    group_name=GROUP,
    partitions_def=periods,
    deps=[receipts],
    description="催报清单：哪个单位哪张报表未报或退回未重报，写入 chasing/<报告期>/",
)
def chasing_list(context: dg.AssetExecutionContext) -> dg.MaterializeResult[None]:
    """List who owes what for the period."""
    path = write_chasing_list(home(), context.partition_key)
    owed = outstanding(home(), context.partition_key)
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": len(owed),
            "units": len({s.unit_code for s in owed}),
            "list": dg.MetadataValue.path(str(path)),
        }
    )


@dg.definitions
def defs() -> dg.Definitions:
    """Receipts are written by whoever receives, not by a run."""
    return dg.Definitions(assets=[receipts, templates, chasing_list])
