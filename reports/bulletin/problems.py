"""The existing problems of the bulletin, and what is asked of whom: units, never persons.

Units are selected and ordered here, nothing is computed.
"""

from collections.abc import Iterator

from reports.bulletin import tables
from reports.bulletin.claims import say
from reports.bulletin.content import Part, Source, Table
from reports.bulletin.figures import DISTRICT, MISSING, Figure, Figures, UnsupportedError, number
from reports.bulletin.wording import Paragraph, day, in_points

RETURNED = "退回"
LATE_COLUMNS = (
    ("应提出", "disposal_due_cnt"),
    ("逾期件数", "disposal_overdue_cnt"),
    ("按期提出率", "disposal_ontime_rate"),
)
BEHIND = "behind_schedule_flag"


def problems(f: Figures, source: Source) -> list[Part]:
    """The parts of 存在问题; a problem that the figures do not show has none."""
    return [*_of_leads(f), *_uneven(f), _campaigns(f), _targets(f), _returns(f, source)]


def _of_leads(f: Figures) -> Iterator[Part]:
    if _any(f, "disposal_overdue_cnt"):
        said = say(f, "problems.late", day=day(f.ends_on))
        yield Part("提出处置意见不及时", [said, late_units(f)])
    if _any(f, "disposal_unfiled_cnt", "disposal_mismatch_cnt", "system_ledger_conflict_cnt"):
        yield Part("报备不及时、不准确", [say(f, "problems.filing")])
    if _any(f, "all_verification_unit_cnt", "lead_no_analysis_cnt"):
        least = number(f.parameters["all_verification_min"], "")
        yield Part("处置方式单一、研判不足", [say(f, "problems.methods", least=least)])
    if _any(f, "lead_overdue_open_cnt", "verify_long_pending_cnt"):
        days = number(f.parameters["long_pending_days"], "")
        yield Part("超期未办结、久核不结", [say(f, "problems.pending", days=days)])


def _uneven(f: Figures) -> Iterator[Part]:
    if _any(f, "zero_case_unit_cnt", "zero_self_case_unit_cnt"):
        yield Part("办案不平衡", [say(f, "problems.uneven")], ("unit_case_filed_cnt",))


def _any(f: Figures, *indicators: str) -> bool:
    return any(f.of(i).value for i in indicators)


def late_units(f: Figures) -> Table:
    """Who has not proposed in time; raises UnsupportedError if they are not as many as counted."""
    rows: list[tuple[str, list[Figure | None]]] = []
    for unit in f.lists["units_listed"]:
        overdue = f.find("disposal_overdue_cnt", unit["unit_code"])
        if overdue is not None and overdue.value:
            cells = [f.find(i, unit["unit_code"]) for _, i in LATE_COLUMNS]
            longest = f.find("disposal_overdue_days", unit["unit_code"], "max")
            rows.append((unit["printed_name"], [*cells, longest]))
    counted = f.of("disposal_overdue_unit_cnt")
    if counted.status == "value" and counted.value != len(rows):
        raise UnsupportedError(
            f"未按期提出处置意见的单位{counted.text}个，名单却有{len(rows)}个："
            f"{'、'.join(name for name, _ in rows)}"
        )
    columns = [*LATE_COLUMNS, ("最长逾期天数", "disposal_overdue_days")]
    return tables.grid("late", "未在一个月内提出处置意见的单位（件）", "单位", columns, rows)


def _campaigns(f: Figures) -> Part:
    said: list[Paragraph] = []
    if _any(f, "key_task_lag_cnt"):
        said.append(say(f, "problems.tasks"))
    idle = [
        c["label"]
        for c in f.lists["campaigns"]
        if _value(f, "campaign_problem_cnt", c["code"])
        and _value(f, "campaign_lead_cnt", c["code"]) == 0
        and _value(f, "campaign_case_cnt", c["code"]) == 0
    ]
    if idle:
        said.append(say(f, "problems.idle", names="、".join(idle)))
    done, time = f.of("npl_completion_rate"), f.of("schedule_progress_share")
    if done.value is not None and time.value is not None and done.value < time.value:
        said.append(say(f, "problems.npl"))
    if _any(f, "insp_unrectified_cnt"):
        said.append(say(f, "problems.rectify"))
    return Part("专项和整改任务有欠账", list(said))


def _value(f: Figures, indicator: str, part: str) -> float | None:
    found = f.find(indicator, DISTRICT, part)
    return None if found is None else found.value


def targets_behind(f: Figures) -> list[str]:
    """What is aimed at and behind schedule, by name."""
    return [f.of(x.slice).title for x in f.parts(BEHIND) if x.value]


def _targets(f: Figures) -> Part:
    behind = targets_behind(f)
    if not behind:
        return Part("目标任务有差距", [])
    rows = tuple(
        (
            f.of(x.slice).title,
            f.of(x.slice),
            f.of("annual_target_value", part=x.slice),
            in_points(f.of("annual_target_gap", part=x.slice)),
            "落后" if x.value else "正常",
        )
        for x in f.parts(BEHIND)
    )
    table = Table(
        caption=tables.caption("targets", "年度目标进度"),
        header=("目标", "目前", "年度目标", "目标减目前", "进度"),
        rows=rows,
        widths=(48, 24, 24, 36, 24),
    )
    return Part("目标任务有差距", [say(f, "problems.targets", names="、".join(behind)), table])


def _returns(f: Figures, source: Source) -> Part:
    title, counted, listed = "报表报送情况", f.lists["returns_counted"], f.lists["returns_absent"]
    if not counted:
        return Part(title, [])
    said = absent_returns(f, source)
    words = {k: str(counted[0][f"{k}_cnt"]) for k in ("owed", "accepted", "late", "missing")}
    words |= {"units": str(counted[0]["unit_cnt"]), "returned": str(counted[0]["returned_cnt"])}
    owing = counted[0]["missing_cnt"] + counted[0]["returned_cnt"]
    if owing != len(listed):
        raise UnsupportedError(f"未报和退回的报表{owing}份，名单却有{len(listed)}份")
    absent = f"其中：{'；'.join(said)}。" if said else ""
    return Part(title, [say(f, "problems.returns", absent=absent, **words)])


def absent_returns(f: Figures, source: Source) -> list[str]:
    """Who has not handed in what, a phrase for each unit in registry order."""
    absent: dict[tuple[str, str], list[str]] = {}
    for r in f.lists["returns_absent"]:
        form = source.forms.get(r["form"], r["form"])
        absent.setdefault((r["unit_code"], r["status"]), []).append(form)
    return [
        f"{unit['printed_name']}{status}{'、'.join(absent[unit['unit_code'], status])}"
        for unit in f.lists["units_listed"]
        for status in (MISSING, RETURNED)
        if (unit["unit_code"], status) in absent
    ]


def demands(f: Figures) -> list[Paragraph]:
    """下步要求: one for each problem that the figures show."""
    late = f.of("disposal_overdue_cnt", part="missing").value
    late = late or f.of("disposal_overdue_cnt", part="carried").value
    behind, absent = targets_behind(f), len(f.lists["returns_absent"])
    found = [
        ("next.late", bool(late), {}),
        ("next.filing", _any(f, "disposal_unfiled_cnt", "disposal_mismatch_cnt"), {}),
        ("next.pending", _any(f, "lead_overdue_open_cnt", "verify_long_pending_cnt"), {}),
        ("next.uneven", _any(f, "zero_case_unit_cnt"), {}),
        ("next.rectify", _any(f, "insp_unrectified_cnt"), {}),
        ("next.tasks", _any(f, "key_task_lag_cnt"), {}),
        ("next.targets", bool(behind), {"names": "、".join(behind)}),
        ("next.returns", absent > 0, {"absent": str(absent)}),
    ]
    return [say(f, name, **words) for name, is_due, words in found if is_due]
