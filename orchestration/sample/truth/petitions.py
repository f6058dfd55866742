"""The truth about petitions: received, turned into leads, and fewer or more than last year."""

from collections.abc import Iterator

from orchestration.sample.petitions import Petition
from orchestration.sample.truth.cut import Cut, Figure, counts, rate


def received(cut: Cut) -> Iterator[Figure]:
    """Figures 020, 180 and 181."""
    found = (
        (p.unit_code, p)
        for p in cut.known.petitions
        if cut.on_ledger(p.received_on, p.closed_on) and cut.in_year(p.received_on)
    )
    held = cut.spread("petitions", found)

    def is_lead(one: Petition) -> bool:
        return one.lead_no is not None and cut.by_now(one.closed_on)

    yield from counts("petition_cnt", held, lambda _: True)
    yield from counts("petition_cnt", held, lambda p: p.class_code == "1", "class1")
    yield from counts("petition_to_lead_cnt", held, is_lead)
    for unit_code, group in held.items():
        matters = {p.first_petition_no or p.petition_no for p in group}
        yield Figure(
            indicator="petition_cnt", unit_code=unit_code, slice="items", value=len(matters)
        )
        accusations = sum(p.class_code == "1" for p in group)
        yield rate("petition_to_lead_rate", unit_code, sum(map(is_lead, group)), accusations)


def compared(this: list[Figure], last: list[Figure]) -> Iterator[Figure]:
    """Figures 021 to 023: this year's petitions beside last year's to the same day."""
    before = {f.unit_code: f.value for f in last if is_total(f)}
    for one in filter(is_total, this):
        was, now = before.get(one.unit_code), one.value
        yield Figure(indicator="petition_cnt_ly", unit_code=one.unit_code, value=was)
        fewer = None if was is None or now is None else was - now
        yield Figure(indicator="petition_net_decrease_cnt", unit_code=one.unit_code, value=fewer)
        yield Figure(
            indicator="petition_decrease_rate",
            unit_code=one.unit_code,
            value=fewer / was if fewer is not None and was else None,
            numerator=fewer,
            denominator=was,
        )


def is_total(one: Figure) -> bool:
    """Whether it is the number of all petitions."""
    return one.indicator == "petition_cnt" and not one.slice
