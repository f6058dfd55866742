"""Every sentence of the bulletin says what the release says, or the bulletin is not written."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from claims_at_hand import changes_of, content, said, source, with_figure, with_list, with_target

from reports.bulletin.claims import claims
from reports.bulletin.content import Table
from reports.bulletin.figures import Figure, Figures, UnsupportedError, figures_of
from reports.bulletin.revision import Previous
from reports.bulletin.sections import bulletin
from reports.bulletin.wording import Paragraph, span

PERIOD = "2023-03"
OF_LAST_YEAR = re.compile(r"\{(\w+)(?:@[\w<>]+)?(/[^{}|]+)?\|[^{}]*/同比\}")
REVISED = ("notes.revised", "notes.incomparable")  # of another release, tested below


@pytest.fixture(scope="module")
def released(released_home: Path) -> Figures:
    """The figures of the sample's release, with a last year, which its two months lack."""
    database = (released_home / "releases" / "current" / "jijian.duckdb").resolve()
    figures = figures_of(database, PERIOD)
    assert figures is not None
    for key, x in figures.rows.items():
        if x.status == "value" and x.value is not None:
            before = 0.75 * x.value + (0.01 if x.unit_of_measure == "%" else 1)
            change = x.value - before
            rate = None if x.unit_of_measure == "%" else change / before
            more = {"value_last_year": before, "change": change, "change_rate": rate}
            figures = _laid(figures, key, x, more)
    return figures


def _laid(figures: Figures, key: tuple[str, str, str], x: Figure, more: dict[str, Any]) -> Figures:
    figures.rows[key] = with_figure(figures, key, **more).rows[key] if more else x
    return figures


def _variants(figures: Figures) -> Iterator[Figures]:
    """The release, and others in which the sentences stand that its figures leave out."""
    yield figures
    shown = figures
    for indicator, part, value in (
        ("disposal_overdue_cnt", "carried", 3.0),
        ("system_ledger_conflict_cnt", "", 2.0),
        ("all_verification_unit_cnt", "", 1.0),
        ("verify_long_pending_cnt", "", 1.0),
        ("insp_feedback_problem_cnt", "1", 9.0),
        ("insp_unrectified_cnt", "", 4.0),
        ("insp_overdue_cnt", "", 1.0),
        ("key_task_lag_cnt", "", 2.0),
        ("schedule_progress_share", "", 0.99),
        ("npl_completion_rate", "", 0.2),
        ("campaign_problem_cnt", "RUR", 2.0),
        ("campaign_lead_cnt", "RUR", 0.0),
        ("campaign_case_cnt", "RUR", 0.0),
        ("campaign_problem_cnt", "FIN", 2.0),
        ("campaign_lead_cnt", "FIN", 0.0),
        ("campaign_case_cnt", "FIN", 0.0),
    ):
        shown = with_figure(shown, (indicator, "QX00", part), value=value, status="value")
    shown = with_target(with_target(shown, "lead_close_rate"), "disposal_ontime_rate")
    absent = [
        {"period": PERIOD, "unit_code": "TWN03", "form": form, "status": "未报"}
        for form in ("cases", "leads")
    ]
    counted = {**shown.lists["returns_counted"][0], "missing_cnt": 2, "returned_cnt": 0}
    shown = with_list(with_list(shown, "returns_absent", absent), "returns_counted", [counted])
    yield shown
    yield _all_even(figures)
    yield with_figure(figures, ("office_case_max_cnt", "office", ""), status="missing", value=None)


def _all_even(figures: Figures) -> Figures:
    """All offices with two cases each."""
    offices = [u for u in figures.lists["units_listed"] if u["ranking_group"] == "office"]
    for unit in offices:
        figures = with_figure(
            figures, ("unit_case_filed_cnt", unit["unit_code"], ""), value=2.0, status="value"
        )
    for ending in ("max", "min"):
        figures = with_figure(figures, (f"office_case_{ending}_cnt", "office", ""), value=2.0)
        names = "、".join(u["short_name"] for u in offices)
        key = (f"office_case_{ending}_unit", "office", "")
        figures = with_figure(figures, key, text_value=names)
    zero = sum(
        x.value == 0
        for u in figures.lists["units_listed"]
        if u["ranking_group"]
        and (x := figures.find("unit_case_filed_cnt", u["unit_code"])) is not None
    )
    return with_figure(figures, ("zero_case_unit_cnt", "QX00", ""), value=float(zero))


@pytest.fixture(scope="module")
def variants(released: Figures) -> list[Figures]:
    return list(_variants(released))


def _says_the_same(figures: Figures, claim: str, texts: list[str]) -> bool:
    """True if the sentence still stands, word for word; stopping the bulletin is not the same."""
    try:
        found = said(content(figures))
    except UnsupportedError:
        return False
    return [p.text for p in found.get(claim, [])] == texts


def test_every_claim_of_the_file_is_said_by_one_of_the_variants(variants: list[Figures]) -> None:
    found = {name for figures in variants for name in said(content(figures))}
    assert found | set(REVISED) == set(claims())


def _is_printed(template: str, figure: Figure, change: dict[str, Any]) -> bool:
    """Whether the sentence prints what is changed: a comparison, or a part of a rate."""
    if "value" in change or "text_value" in change or "status" in change:
        return f"{{{figure.indicator}." not in template or f"{{{figure.indicator}|" in template
    if "change" in change:
        slice_ = f"/{figure.slice}" if figure.slice else ""
        return (figure.indicator, slice_) in OF_LAST_YEAR.findall(template)
    (part,) = change
    return f"{{{figure.indicator}.{part}|" in template


def test_whatever_figure_changes_its_sentence_changes_or_the_bulletin_stops(
    variants: list[Figures],
) -> None:
    seen: set[str] = set()
    tried = 0
    for figures in variants:
        new = {n: p for n, p in said(content(figures)).items() if n not in seen}
        seen |= new.keys()
        for claim, paragraphs in new.items():
            texts, template = [p.text for p in paragraphs], claims()[claim].text
            for figure in {x.id: x for p in paragraphs for x in p.figures}.values():
                key = figure.indicator, figure.unit_code, figure.slice
                for change in changes_of(figure):
                    if _is_printed(template, figure, change):
                        tried += 1
                        changed = with_figure(figures, key, **change)
                        assert not _says_the_same(changed, claim, texts), (claim, key, change)
    assert tried > 300


def test_whatever_a_sentence_reads_besides_changes_it_or_stops_the_bulletin(
    variants: list[Figures],
) -> None:
    told = {(name, read) for name, claim in claims().items() for read in claim.reads}
    judged, silent = set(), set()
    for figures in variants:
        for name, paragraphs in said(content(figures)).items():
            if not any(p.figures for p in paragraphs):
                silent.add(name)
            texts = [p.text for p in paragraphs]
            for read in claims()[name].reads:
                others = list(_other(figures, read))
                differs = (not _says_the_same(x, name, texts) for x in others)
                # Every cell of a list counts, of an indicator only the parts that are meant.
                assert not others or (all if read in figures.lists else any)(differs), (name, read)
                judged |= {(name, read)} if others else set()
    assert judged == told
    assert silent <= {name for name, _ in told}  # else nobody has named what it comes from


def _other(figures: Figures, read: str) -> Iterator[Figures]:
    """The figures with one thing changed of what is read, each in its turn."""
    if read in figures.lists:
        listed = figures.lists[read]
        for at, row in enumerate(listed):
            yield with_list(figures, read, listed[:at] + listed[at + 1 :])
            for column in (c for c, value in row.items() if isinstance(value, int)):
                other = [*listed[:at], row | {column: row[column] + 1}, *listed[at + 1 :]]
                yield with_list(figures, read, other)
        return
    for figure in figures.by_indicator[read]:
        key = figure.indicator, figure.unit_code, figure.slice
        yield with_figure(figures, key, value=0.0 if figure.value else 1.0, status="value")


@pytest.mark.parametrize("claim", [c for c in claims().values() if c.holds], ids=lambda c: c.name)
def test_figures_that_contradict_a_sentence_stop_the_bulletin(
    claim: Any, variants: list[Figures]
) -> None:
    figures = next(f for f in variants if claim.name in said(content(f)))
    for relation in claim.holds:
        last = re.findall(r"[\w@/:*<>]+", relation.partition("=")[2])[0]
        words = {"<key>": "town", "<code>": "town", "<round>": "2"}
        for word, given in words.items():
            last = last.replace(word, given)
        found = re.fullmatch(r"(\w+)(?:@(\w+))?(?:/([\w:*]+))?", last)
        assert found is not None, relation
        part = (found[3] or "").replace("*", "")
        key = (found[1], found[2] or "QX00", part)
        changed = with_figure(figures, key, value=(figures.rows[key].value or 0) + 10**6)
        with pytest.raises(UnsupportedError):
            content(changed)


def test_who_has_not_reported_is_named_under_a_figure_that_units_have_not(
    released: Figures,
) -> None:
    key = ("insp_feedback_problem_cnt", "QX00", "2")
    assert not [x for x in released.by_indicator[key[0]] if x.unit_code != "QX00"]
    owing = with_figure(released, key, unit_missing_count=1)
    row = {"period": PERIOD, "unit_code": "XCB01", "form": "rectifications", "status": "未报"}
    counted = {**released.lists["returns_counted"][0], "missing_cnt": 1, "returned_cnt": 0}
    owing = with_list(with_list(owing, "returns_absent", [row]), "returns_counted", [counted])
    (part,) = (s for s in content(owing).sections if s.heading.endswith("巡视巡察整改"))
    names = [u["short_name"] for u in owing.lists["units_listed"] if u["unit_code"] == "XCB01"]
    notes = [b.text for b in part.blocks if isinstance(b, Paragraph) and b.is_note]
    assert notes == [f"注：{names[0]}本期未报有关报表，有关数字含其此前各期已报数。"]


def _previous(figures: Figures | None) -> Previous:
    return Previous(
        release="2023-03_20230410T000000_00000000",
        as_of=datetime.fromisoformat("2023-04-10T00:00:00"),
        figures=figures.rows if figures else None,
    )


def test_a_corrected_period_names_figure_old_new_and_reason(released: Figures) -> None:
    key = ("lead_disposed_cnt", "QX00", "")
    old = with_figure(released, key, value=(released.rows[key].value or 0) - 2)
    row = {
        "period": PERIOD, "return_period": "2023-02", "unit_code": "TWN01", "short_name": "云岫",
        "form": "disposals", "version": 2, "reason": "漏报两件",
        "received_at": datetime.fromisoformat("2023-04-10T09:30:00"),
    }  # fmt: skip
    other = row | {"form": "cases", "reason": "与线索无关"}
    before = row | {"received_at": datetime.fromisoformat("2023-04-09T09:30:00")}
    now = with_list(released, "restated", [before | {"reason": "早已计入"}, row, other])
    made = bulletin(now, span(PERIOD), source(), _previous(old))
    (table,) = (s.blocks[0] for s in made.sections if s.title == "更正说明")
    assert isinstance(table, Table)
    new = released.rows[key].text
    reason = "云岫2023年2月线索处置台账更正：漏报两件"
    assert [r for r in table.rows if r[0] == "处置问题线索"] == [
        ("处置问题线索", "全区", old.rows[key].text, new, reason)
    ]
    (note,) = said(made)["notes.revised"]
    assert f"处置问题线索由{old.rows[key].text}更正为{new}（{reason}）" in note.text
    assert "附件3" in note.text and made.sections[-2].heading == "附件3"


def test_a_first_release_and_one_without_changes_carry_no_note(released: Figures) -> None:
    for previous in (None, _previous(released)):
        made = bulletin(released, span(PERIOD), source(), previous)
        assert not set(REVISED) & said(made).keys()
        assert "更正说明" not in [s.title for s in made.sections]


def test_a_release_too_old_to_compare_is_named(released: Figures) -> None:
    made = bulletin(released, span(PERIOD), source(), _previous(None))
    (note,) = said(made)["notes.incomparable"]
    assert "2023-03_20230410T000000_00000000" in note.text


def test_a_group_without_a_case_is_compared_without_those_that_have_not_reported(
    released: Figures,
) -> None:
    listed = [u for u in released.lists["units_listed"] if u["ranking_group"]]
    absent, *group = [u for u in listed if u["ranking_group"] == "dispatched"]
    names = "、".join(u["short_name"] for u in group)
    figures = released
    for unit in (absent, *group):
        key = ("unit_case_filed_cnt", unit["unit_code"], "")
        figures = with_figure(figures, key, value=0.0, unit_missing_count=int(unit is absent))
    for end in ("max", "min"):
        figures = with_figure(figures, (f"disp_case_{end}_cnt", "dispatched", ""), value=0.0)
        key = (f"disp_case_{end}_unit", "dispatched", "")
        figures = with_figure(figures, key, text_value=names)
    zeros = [u for u in listed if figures.of("unit_case_filed_cnt", u["unit_code"]).value == 0]
    key = ("zero_case_unit_cnt", "QX00", "")
    figures = with_figure(figures, key, value=float(len(zeros) - 1))
    (even,) = said(content(figures))["cases.even"]
    assert even.text.endswith("立案均为0件。") and "派驻" in even.text
