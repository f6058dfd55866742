"""The reconciliations as blocking checks, between the models and `rpt_findings`."""

from collections.abc import Iterator
from datetime import datetime

import dagster as dg

from expectations.judgement import Verdict
from expectations.reconciliation import reconciliations
from orchestration.counterfactual import effects
from orchestration.defs.partitions import Cut, periods
from orchestration.progress import step
from orchestration.quality import judge_reconciliations, price_findings, write_data_docs
from orchestration.settings import home

JUDGED, PRICES = dg.AssetKey(["raw", "judged"]), dg.AssetKey(["raw", "prices"])
MOVED = dg.AssetKey(["raw", effects.MOVED])


@dg.multi_asset(
    specs=[
        dg.AssetSpec(
            JUDGED,
            group_name="quality",
            description="核对发现：由 Great Expectations 逐条规则判定",
            deps=[r.model for r in reconciliations().values()],
            partitions_def=periods,
        ),
        dg.AssetSpec(
            PRICES,
            group_name="quality",
            description="发现的影响：逐条按更正后重算指标",
            deps=[JUDGED],
            partitions_def=periods,
        ),
        dg.AssetSpec(
            MOVED,
            group_name="quality",
            description="更正的影响：按更正前的版本重算指标，另写在各单位的回执旁",
            deps=[dg.AssetKey("int_compared"), dg.AssetKey(["raw", "changes"])],
            partitions_def=periods,
        ),
    ],
    check_specs=[
        dg.AssetCheckSpec(
            r.id,
            asset=JUDGED,
            blocking=True,
            description=f"{r.message}；来源 {r.source}",
        )
        for r in reconciliations().values()
    ],
    pool="warehouse",
)
def judgement(context: dg.AssetExecutionContext, cut: Cut) -> Iterator[object]:
    """Judge every declared reconciliation; an open error stops a final release here."""
    with step("核对"):
        verdicts = judge_reconciliations(home(), context.partition_key)
    with step("估算影响"):
        priced = price_findings(home(), context.partition_key)
    with step("更正的影响"):
        moved = effects.tell_moves(home(), context.partition_key)
    with step("数据质量文档"):
        index = write_data_docs(home(), context.partition_key, datetime.fromisoformat(cut.as_of))
    yield dg.MaterializeResult(
        asset_key=JUDGED,
        metadata={
            "dagster/row_count": sum(v.failing_count for v in verdicts),
            "data_docs": dg.MetadataValue.path(index),
        },
    )
    yield dg.MaterializeResult(asset_key=PRICES, metadata={"dagster/row_count": priced})
    yield dg.MaterializeResult(asset_key=MOVED, metadata={"dagster/row_count": moved})
    for verdict in verdicts:
        yield _checked(verdict, is_provisional=cut.is_provisional)


def _checked(verdict: Verdict, *, is_provisional: bool) -> dg.AssetCheckResult:
    """Counts only; a warning, or an error of a provisional run, stops nothing."""
    stops = verdict.is_blocking and not is_provisional
    return dg.AssetCheckResult(
        asset_key=JUDGED,
        check_name=verdict.rule,
        passed=verdict.open_count == 0,
        severity=dg.AssetCheckSeverity.ERROR if stops else dg.AssetCheckSeverity.WARN,
        metadata={"failing": verdict.failing_count, "open": verdict.open_count},
    )
