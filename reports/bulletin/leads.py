"""Petitions received and leads disposed: sentences and tables of the bulletin."""

from reports.bulletin import tables
from reports.bulletin.claims import say
from reports.bulletin.content import Block, Part
from reports.bulletin.figures import Figures
from reports.bulletin.wording import Span, day, leading


def petitions(f: Figures, span: Span) -> list[Block]:
    """The section 信访举报情况."""
    whole = f.of("petition_cnt")
    table = tables.composed(
        f,
        "petitions",
        "信访举报情况（件次）",
        (
            ("按渠道合计", whole, "petition_channel", "件次"),
            ("按类别合计", whole, "petition_class", "件次"),
        ),
    )
    return [
        say(f, "petitions.received", span=span.text),
        say(
            f,
            "petitions.channels",
            channels=leading(f.composed("petition_channel"), "件次"),
            classes=leading(f.composed("petition_class"), "件次"),
        ),
        table,
    ]


def leads(f: Figures, span: Span) -> list[Part]:
    """The parts of 问题线索处置情况."""
    is_closed = f.parameters["lead_to_case_denominator"] == 1
    accepted = say(f, "leads.accepted", span=span.text, day=day(f.ends_on))
    methods = say(
        f,
        "leads.methods",
        methods=leading(f.composed("lead_method"), "件"),
        sources=leading(f.composed("lead_source"), "件"),
    )
    by_method = tables.composed(
        f,
        "methods",
        "首次处置方式情况（件）",
        [("处置问题线索", f.of("lead_disposed_cnt"), "lead_method", "件")],
    )
    by_source = tables.composed(
        f,
        "sources",
        "受理问题线索来源情况（件）",
        [("受理问题线索", f.of("lead_accepted_cnt"), "lead_source", "件")],
    )
    return [
        Part("受理和处置", [accepted, methods, by_method, by_source]),
        Part("处置时限", [say(f, "leads.limits")]),
        Part("报备和核对", [say(f, "leads.filings")]),
        Part("线索成案", [say(f, "leads.grown", base="已办结" if is_closed else "已处置")]),
    ]
