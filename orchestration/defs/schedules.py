"""A period's days, as the calendar seed has them: opened, chased, closed.

Each schedule looks once a day whether its day has come: the days are moved to workdays. It goes
by the moment it was scheduled for, never by the clock, so that a late tick does the same.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import dagster as dg

from expectations.registry import Period, calendar
from orchestration.defs.jobs import chase, close_period, open_period
from orchestration.defs.partitions import cut_config
from orchestration.settings import LOCAL

ZONE = LOCAL.key
NEXT_DAY = timedelta(days=1)


def _period(
    context: dg.ScheduleEvaluationContext, day_of: Callable[[Period], date]
) -> Period | None:
    today = context.scheduled_execution_time.astimezone(LOCAL).date()
    return next((p for p in calendar().values() if day_of(p) == today), None)


@dg.schedule(
    job=open_period,
    cron_schedule="0 8 * * *",
    execution_timezone=ZONE,
    description="报告期结束次日 8:00 开期：写出各单位空白报表册。默认停用，点击开关启用。",
)
def opening(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """A period can be reported from the day after its end (returns §1.1)."""
    period = _period(context, lambda p: p.ends_on + NEXT_DAY)
    if period is None:
        return dg.SkipReason("今天没有报告期开期")
    return dg.RunRequest(run_key=f"open {period.period}", partition_key=period.period)


@dg.schedule(
    job=chase,
    cron_schedule="0 9 * * *",
    execution_timezone=ZONE,
    description="报送截止日 9:00 列出催报清单。默认停用，点击开关启用。",
)
def chasing(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """On the due day there is still time to hand in."""
    period = _period(context, lambda p: p.due_on)
    if period is None:
        return dg.SkipReason("今天不是报送截止日")
    return dg.RunRequest(run_key=f"chase {period.period}", partition_key=period.period)


@dg.schedule(
    job=close_period,
    cron_schedule="5 0 * * *",
    execution_timezone=ZONE,
    description=(
        "关账日过后 0:05 关账并正式发布，数据截至关账日 23:59:59；"
        "有未解决的错误则不发布，由人更正、豁免或发布初步数。默认停用，点击开关启用。"
    ),
)
def closing(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """The closing day counts in full; a provisional release is only made on request (§2.3)."""
    period = _period(context, lambda p: p.closes_on + NEXT_DAY)
    if period is None:
        return dg.SkipReason("昨天不是关账日")
    as_of = datetime.combine(period.closes_on, time(23, 59, 59))
    return dg.RunRequest(
        run_key=f"close {period.period}",
        partition_key=period.period,
        run_config=cut_config(as_of),
    )
