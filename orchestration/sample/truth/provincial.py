"""The truth about what the provincial inspection handed over, since that campaign began."""

from collections.abc import Callable, Iterator

from orchestration.sample.district import FROM_PROVINCE
from orchestration.sample.events import Lead
from orchestration.sample.truth import cases, measures
from orchestration.sample.truth.cut import Cut, Figure, applies, counts, rate

PROVINCIAL, CHANNEL = "PRV", "62"


def _origin(cut: Cut) -> Callable[[Lead], bool]:
    """Whether a matter was handed over by the provincial inspection."""
    channels = {p.lead_no: p.channel for p in cut.known.petitions if p.lead_no}
    return lambda lead: lead.source == FROM_PROVINCE or channels.get(lead.lead_no) == CHANNEL


def provincial(cut: Cut) -> Iterator[Figure]:
    """Figures 034 to 038: what the provincial inspection handed over."""
    is_provincial = _origin(cut)
    yield from applies(cut, PROVINCIAL, _handed_over(cut))
    found = [
        c for c in cases.told(cut) if is_provincial(c.lead) and cut.since(PROVINCIAL, c.filed_on)
    ]
    held = cut.spread("cases", ((c.lead.unit_code, c) for c in found))
    told = [
        Figure(
            indicator="prov_insp_case_cnt",
            unit_code=code,
            value=len({c.case_no for c in group}),
        )
        for code, group in held.items()
    ]
    told += counts("prov_insp_case_person_cnt", held, lambda _: True)
    yield from applies(cut, PROVINCIAL, told)
    handled = [
        m
        for m in measures.told(cut)
        if m.kind == measures.WITHOUT_CASE
        and is_provincial(m.lead)
        and cut.since(PROVINCIAL, m.decided_on)
    ]
    for slice_, is_kept in (("", False), ("1xx", True)):
        kept = [m for m in handled if (m.code[0] == "1") == is_kept]
        persons = measures.once_each(cut, "prov_insp_org_handled_cnt", kept, slice_)
        yield from applies(cut, PROVINCIAL, persons)


def _handed_over(cut: Cut) -> Iterator[Figure]:
    found = (
        (p.unit_code, p)
        for p in cut.known.petitions
        if p.channel == CHANNEL
        and cut.on_ledger(p.received_on, p.closed_on)
        and cut.since(PROVINCIAL, p.received_on)
    )
    for unit_code, group in cut.spread("petitions", found).items():
        matters = {p.first_petition_no or p.petition_no for p in group}
        closed = {p.first_petition_no or p.petition_no for p in group if cut.by_now(p.closed_on)}
        yield Figure(indicator="prov_insp_petition_cnt", unit_code=unit_code, value=len(matters))
        yield rate("prov_insp_closed_rate", unit_code, len(closed), len(matters))
