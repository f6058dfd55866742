"""The truth about the special campaigns since their start: items, leads, cases and persons."""

from collections.abc import Callable, Iterable, Iterator

from expectations.registry import DISTRICT
from orchestration.sample import district
from orchestration.sample.campaign_items import MASSES, Item
from orchestration.sample.events import Lead
from orchestration.sample.measures import Measure
from orchestration.sample.truth import cases, measures
from orchestration.sample.truth.cut import Cut, Figure, applies, counts, rate
from orchestration.sample.truth.standing import standing

PROBLEM, MATTER, SELF_CHECKED = "1", "2", "3"
OUTPUT, PUNISHED = "livelihood_campaign_output_cnt", "campaign_punished_cnt"
RURAL, LIVELIHOOD, EDUCATION = "RUR", "LIV", "EDU"


def _items(cut: Cut) -> dict[str, list[Item]]:
    found = (
        (i.unit_code, i)
        for i in cut.known.items
        if cut.on_ledger(i.found_on, None if i.is_lasting else i.verified_on)
    )
    return cut.spread("campaign_items", found)


def _verified(cut: Cut, item: Item) -> bool:
    return not item.is_lasting and cut.by_now(item.verified_on)


def items(cut: Cut) -> Iterator[Figure]:
    """Figures 054, 061 to 064, 174 and 200."""
    held = _items(cut)

    def of(item: Item, campaign: str, kind: str) -> bool:
        return (item.campaign, item.kind) == (campaign, kind)

    def put_right(item: Item) -> bool:
        return (
            of(item, RURAL, PROBLEM) and _verified(cut, item) and cut.since(RURAL, item.verified_on)
        )

    def accepted(item: Item) -> bool:
        return of(item, MASSES, MATTER) and cut.since(MASSES, item.found_on)

    rural = "rural_rectified_problem_cnt"
    yield from applies(cut, RURAL, counts(rural, held, put_right))
    yield from applies(
        cut,
        RURAL,
        counts(rural, held, lambda i: put_right(i) and cut.in_year(i.verified_on), "ytd"),
    )
    for unit_code, group in held.items():
        matters = [i for i in group if accepted(i)]
        closed = sum(_verified(cut, i) for i in matters)
        values = {"accepted": len(matters), "closed": closed, "open": len(matters) - closed}
        told = [
            Figure(indicator=f"mass_action_{k}_cnt", unit_code=unit_code, value=v)
            for k, v in values.items()
        ]
        told.append(rate("mass_action_close_rate", unit_code, closed, len(matters)))
        yield from applies(cut, MASSES, told)
    yield from applies(
        cut,
        "STA",
        counts(
            "stat_self_check_problem_cnt",
            held,
            lambda i: of(i, "STA", SELF_CHECKED) and cut.since("STA", i.found_on),
        ),
    )
    yield from counts(
        "biz_env_problem_cnt", held, lambda i: of(i, "BIZ", PROBLEM) and cut.in_year(i.found_on)
    )


def _tagged(campaign: str, lead: Lead) -> bool:
    return lead.campaign is not None and lead.campaign.startswith(campaign)


def of_campaigns(cut: Cut) -> Iterator[Figure]:
    """Figures 055 to 057, 059, 060, 096, 203 and 204."""
    disposed = cut.spread("disposals", ((s.lead.unit_code, s) for s in standing(cut) if s.taken))

    def first_since(campaign: str, keep: Callable[[Lead], bool]) -> dict[str, list[Lead]]:
        return {
            code: [
                s.lead
                for s in group
                if keep(s.lead) and cut.since(campaign, s.taken[0].approved_on)
            ]
            for code, group in disposed.items()
        }

    leads = first_since(RURAL, lambda d: _tagged(RURAL, d))
    yield from applies(cut, RURAL, counts("rural_lead_cnt", leads, lambda _: True))
    staff = first_since(EDUCATION, lambda d: d.is_staff)
    yield from applies(cut, EDUCATION, counts("staff_lead_disposed_cnt", staff, lambda _: True))
    for campaign, indicator in (
        (LIVELIHOOD, "livelihood_case_cnt"),
        ("STA", "stat_fraud_case_cnt"),
        ("MED", "medical_case_cnt"),
    ):
        yield from applies(cut, campaign, _cases(cut, campaign, indicator))
    for campaign, indicator, keep in (
        (RURAL, "rural_handled_person_cnt", lambda _: True),
        (RURAL, "rural_punished_cnt", measures.is_punishment),
        (LIVELIHOOD, "livelihood_handled_person_cnt", lambda _: True),
    ):
        told = [m for m in _handled(cut, campaign) if keep(m)]
        yield from applies(cut, campaign, measures.once_each(cut, indicator, told))


def _handled(cut: Cut, campaign: str) -> list[Measure]:
    return [
        m
        for m in measures.told(cut)
        if _tagged(campaign, m.lead) and cut.since(campaign, m.decided_on)
    ]


def _cases(cut: Cut, campaign: str, indicator: str) -> Iterator[Figure]:
    found = {
        c.case_no: (c.lead.unit_code, c)
        for c in cases.told(cut)
        if _tagged(campaign, c.lead) and cut.since(campaign, c.filed_on)
    }
    yield from counts(indicator, cut.spread("cases", found.values()), lambda _: True)


def _brought(cut: Cut, code: str) -> dict[str, tuple[str, str, set[tuple[str, str]]]]:
    """What one campaign has brought: the figure, the form, and unit and number of each."""
    return {
        "items": (
            "campaign_problem_cnt",
            "campaign_items",
            {
                (i.unit_code, i.item_no)
                for i in _items(cut)[DISTRICT]
                if i.campaign == code and i.kind == PROBLEM and cut.since(code, i.found_on)
            },
        ),
        "leads": (
            "campaign_lead_cnt",
            "leads",
            {
                (s.lead.unit_code, s.lead.lead_no)
                for s in standing(cut)
                if s.lead.campaign == code and cut.since(code, s.lead.received_on)
            },
        ),
        "cases": (
            "campaign_case_cnt",
            "cases",
            {
                (c.lead.unit_code, c.case_no)
                for c in cases.told(cut)
                if c.lead.campaign == code and cut.since(code, c.filed_on)
            },
        ),
    }


def outputs(cut: Cut) -> Iterator[Figure]:
    """Figures 108 and 190 to 193: what each campaign has brought, and all of them."""
    every: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for code, campaign in district.campaigns().items():
        for name, (indicator, form, found) in _brought(cut, code).items():
            every[indicator, form] = every.get((indicator, form), set()) | found
            told = _not_zero(_numbers(cut, indicator, form, found, code))
            yield from applies(cut, code, told)
            for unit_code in (campaign.lead, DISTRICT) if code.startswith(LIVELIHOOD) else ():
                value, slice_ = len(found), f"{code}:{name}"
                one = Figure(indicator=OUTPUT, unit_code=unit_code, slice=slice_, value=value)
                yield from applies(cut, code, [one])
        persons = measures.once_each(cut, PUNISHED, _punished(cut, code), code)
        yield from applies(cut, code, _not_zero(persons))
    for (indicator, form), found in every.items():
        yield from _numbers(cut, indicator, form, found)
    punished = [m for code in district.campaigns() for m in _punished(cut, code)]
    punished.sort(key=lambda m: (m.decided_on, m.punish_no))
    yield from measures.once_each(cut, PUNISHED, punished)


def _punished(cut: Cut, code: str) -> list[Measure]:
    return [m for m in _handled(cut, code) if measures.is_punishment(m)]


def _numbers(
    cut: Cut, indicator: str, form: str, found: set[tuple[str, str]], slice_: str = ""
) -> Iterator[Figure]:
    yield from counts(indicator, cut.spread(form, found), lambda _: True, slice_)


def _not_zero(told: Iterable[Figure]) -> Iterator[Figure]:
    """Of a figure by campaign, a unit's own rows only where they are not 0."""
    return (f for f in told if f.value or f.unit_code == DISTRICT)
