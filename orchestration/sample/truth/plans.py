"""The truth about what the district set itself: tasks, reforms, issues to be put right."""

from collections.abc import Callable, Iterator

from expectations.registry import DISTRICT
from orchestration.sample.issues import Issue
from orchestration.sample.plans import CANCELLED, DONE, NOT_BEGUN, UNDER_WAY, Task
from orchestration.sample.truth.campaigns import EDUCATION
from orchestration.sample.truth.cut import Cut, Figure, applies, counts, rate, rates

SUPERVISION, CAMPAIGN, LIVELIHOOD, FIELD, RULES, ROUNDS, ASSIGNED = (
    "10", "20", "21", "22", "30", "40", "50",
)  # fmt: skip
DISTRICT_ONLY = frozenset(
    {"pol_sup_key_task_cnt", "livelihood_field_cnt", "livelihood_campaign_cnt"}
    | {"insp_round_planned_cnt"}
)
LINKED, FROM_DISTRICT, FROM_PROVINCE = "2", "14", "12"
SELF_CHECKED = frozenset({"51", "52"})


def _tasks(cut: Cut) -> dict[str, list[Task]]:
    """The tasks on a list, without the cancelled ones."""
    found = (
        (t.unit_code, t)
        for t in cut.known.tasks
        if cut.on_ledger(t.assigned_on, t.done_on, t.due_on if t.cancelled_on else None)
        and t.status(cut.as_of) != CANCELLED
    )
    return cut.spread("key_tasks", found)


def _is_lagging(cut: Cut, task: Task) -> bool:
    """Less done than its share of the time asks for, in whole pieces."""
    if task.status(cut.as_of) == DONE:
        return False
    passed, all_days = (cut.as_of - task.assigned_on).days, (task.due_on - task.assigned_on).days
    asked = task.plan if task.due_on <= cut.as_of else task.plan * passed // all_days
    return task.done_count(cut.as_of) < asked


def tasks(cut: Cut) -> Iterator[Figure]:
    """Figures 008, 058, 102, 104 to 107, 109, 163, 164, 189, 213, 224 and 225."""
    held = _tasks(cut)

    def of(*kinds: str, or_open: bool = False) -> Callable[[Task], bool]:
        def is_it(task: Task) -> bool:
            is_open = task.status(cut.as_of) in (NOT_BEGUN, UNDER_WAY)
            this_year = cut.in_year(task.assigned_on)
            return task.kind in kinds and (this_year or (or_open and is_open))

        return is_it

    for unit_code, group in held.items():
        livelihood = filter(of(LIVELIHOOD, or_open=True), group)
        campaigns = filter(of(CAMPAIGN, LIVELIHOOD, or_open=True), group)
        values: dict[str, float] = {
            "pol_sup_key_task_cnt": sum(map(of(SUPERVISION), group)),
            "livelihood_field_cnt": sum(map(of(FIELD), group)),
            "livelihood_campaign_cnt": len({t.campaign for t in livelihood}),
            "campaign_field_cnt": len({(t.campaign or "")[:3] for t in campaigns}),
            "insp_round_planned_cnt": sum(t.plan for t in filter(of(ROUNDS), group)),
            "key_task_lag_cnt": sum(_is_lagging(cut, t) for t in group),
            "overdue_task_cnt": sum(
                t.status(cut.as_of) != DONE and t.due_on < cut.as_of for t in group
            ),
            "institution_plan_cnt": sum(t.plan for t in filter(of(RULES), group)),
        }
        if unit_code != DISTRICT:
            by_office = values["livelihood_campaign_cnt"]
            values["livelihood_campaign_by_office_cnt"] = by_office
        for indicator, value in values.items():
            if unit_code == DISTRICT or indicator not in DISTRICT_ONLY:
                yield Figure(indicator=indicator, unit_code=unit_code, value=value)
        rules = list(filter(of(RULES), group))
        made = sum(t.done_count(cut.as_of) for t in rules)
        yield rate("institution_plan_done_rate", unit_code, made, values["institution_plan_cnt"])
    yield from _progress(cut, held)
    yield from rates(
        "assigned_task_done_rate",
        held,
        lambda t: t.status(cut.as_of) == DONE and bool(t.done_on and t.done_on <= t.due_on),
        of(ASSIGNED),
    )
    yield from rates(
        "task_done_only_after_push_rate",
        held,
        lambda t: bool(t.urged_on and t.done_on and t.urged_on <= t.done_on),
        lambda t: cut.in_year(t.done_on),
    )


def _progress(cut: Cut, held: dict[str, list[Task]]) -> Iterator[Figure]:
    progress = {"FIN": "finance_campaign_progress_rate", "STA": "stat_fraud_progress_rate"}
    for campaign, indicator in progress.items():
        for unit_code, group in held.items():
            ours = [t for t in group if (t.kind, t.campaign) == (CAMPAIGN, campaign)]
            done = sum(t.status(cut.as_of) == DONE for t in ours)
            yield rate(indicator, unit_code, done, len(ours))
            pieces = sum(t.done_count(cut.as_of) for t in ours)
            yield rate(indicator, unit_code, pieces, sum(t.plan for t in ours), "quantity")


def reforms(cut: Cut) -> Iterator[Figure]:
    """Figures 067 to 070, under the units that lead them."""
    found = [
        r
        for r in cut.known.reforms
        if cut.on_ledger(r.confirmed_on, r.done_on) and cut.in_year(r.confirmed_on)
    ]
    units = dict.fromkeys([DISTRICT, *(cut.owner(r.lead_unit) for r in found)])
    for code in units:
        ours = [r for r in found if code in (DISTRICT, cut.owner(r.lead_unit))]
        done = [r for r in ours if cut.by_now(r.done_on)]
        ongoing = [r for r in ours if cut.by_now(r.begun_on) and r not in done]
        values = {
            ("reform_item_cnt", ""): len(ours),
            ("reform_item_cnt", "1"): len(ours) - len(done) - len(ongoing),
            ("reform_done_cnt", ""): len(done),
            ("reform_ongoing_cnt", ""): len(ongoing),
        }
        for (indicator, slice_), value in values.items():
            yield Figure(indicator=indicator, unit_code=code, slice=slice_, value=value)
        yield rate("reform_done_rate", code, len(done), len(ours))


def issues(cut: Cut) -> Iterator[Figure]:
    """Figures 009, 095, 101, 211, 219 and 220."""
    told = [i for i in cut.known.issues if cut.on_ledger(i.found_on, i.verified_on)]
    held = cut.spread("rectifications", ((i.unit_code, i) for i in told))

    def put_right(issue: Issue) -> bool:
        return cut.by_now(issue.verified_on)

    def self_checked(issue: Issue) -> bool:
        return issue.source in SELF_CHECKED and cut.since(EDUCATION, issue.found_on)

    def of_education(issue: Issue) -> bool:
        return issue.source in SELF_CHECKED | {"6"} and cut.since(EDUCATION, issue.found_on)

    yield from counts(
        "linked_sup_rectified_cnt",
        held,
        lambda i: i.source == LINKED and cut.in_year(i.verified_on),
    )
    for indicator in ("self_check_problem_cnt", "edu_rectify_ledger_cnt"):
        yield from applies(cut, EDUCATION, counts(indicator, held, self_checked))
    yield from rates(
        "inspection_to_lead_rate", held, lambda _: False, lambda i: cut.in_year(i.found_on)
    )
    yield from rates(
        "prov_insp_feedback_rate", held, put_right, lambda i: i.source == FROM_PROVINCE
    )
    yield from applies(cut, EDUCATION, rates("edu_rectify_rate", held, put_right, of_education))
    yield from _rounds(cut, [i for i in told if i.source == FROM_DISTRICT])


def _rounds(cut: Cut, told: list[Issue]) -> Iterator[Figure]:
    """Figures 206 to 210: the present round of inspections, and each round."""
    present = int(cut.parameter("insp_round"))
    rounds: dict[str, list[Issue]] = {"": [i for i in told if i.round == present]}
    for issue in told:
        rounds.setdefault(str(issue.round), []).append(issue)
    for name, group in rounds.items():
        waiting = [i for i in group if not cut.by_now(i.verified_on)]
        values = {
            ("insp_feedback_problem_cnt", name): len(group),
            ("insp_rectified_cnt", name): len(group) - len(waiting),
            ("insp_unrectified_cnt", name): len(waiting),
            ("insp_overdue_cnt", name): sum(i.due_on < cut.as_of for i in waiting),
        }
        if name:
            claimed = sum(cut.by_now(i.claimed_on) for i in waiting)
            values["insp_rectified_cnt", f"{name}:claimed"] = claimed
        for (indicator, slice_), value in values.items():
            yield Figure(indicator=indicator, unit_code=DISTRICT, slice=slice_, value=value)
        put_right = len(group) - len(waiting)
        yield rate("insp_rectify_rate", DISTRICT, put_right, len(group), name)
