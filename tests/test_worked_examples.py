"""The worked examples, number by number, from the workbooks of units to the figures."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from worked import (
    Figure,
    Story,
    figures,
    others_of_the_group,
    tell_a_merger,
    tell_an_overdue_lead,
    tell_two_kinds_of_punishment,
)

from orchestration.intake.decide import Decision
from orchestration.settings import Home

RULES = ("R01", "R03", "R08", "R28", "R56")
MARCH, APRIL, JULY = "2023-03", "2023-04", "2023-07"
KNOWN = {MARCH: "2023-04-15", APRIL: "2023-05-10", JULY: "2023-08-10"}


class Told:
    """What became of the workbooks of a story, and what was counted from them."""

    def __init__(self, root: Path) -> None:
        self.story = Story(Home(root / "home"), root / "handed_in")
        self.decisions: list[Decision] = []
        self.figure: dict[str, Figure] = {}
        self.failing: dict[str, dict[str, list[str]]] = {}

    def ledger(self, sql: str) -> list[Any]:
        """Rows of the warehouse as the last build left it."""
        with duckdb.connect(str(self.story.home.warehouse), read_only=True) as con:
            return con.execute(sql).fetchall()


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """Examples A and B: two units that have nothing to do with each other."""
    told = Told(tmp_path_factory.mktemp("matters"))
    tell_two_kinds_of_punishment(told.story)
    tell_an_overdue_lead(told.story)
    told.decisions = told.story.receive()
    told.story.build(JULY, KNOWN[JULY], RULES)
    told.figure[JULY] = figures(told.story.home)
    told.failing[JULY] = told.story.failing(RULES)
    told.failing["2023-05"] = told.story.rerun("2023-05", KNOWN[JULY], ("R28", "R56"))
    yield told


@pytest.fixture(scope="module")
def merger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """Example C, counted three times: before the merger, in its first month, and in July."""
    told = Told(tmp_path_factory.mktemp("merger"))
    tell_a_merger(told.story)
    told.decisions = told.story.receive()
    for period, day in KNOWN.items():
        told.story.build(period, day, ("R39", "R58"))
        told.figure[period] = figures(told.story.home)
        told.failing[period] = told.story.failing(("R39", "R58"))
    yield told


# Example A


@pytest.mark.parametrize(
    ("period", "filed", "punished", "forms"),
    [
        ("2023-03", [1, 2], [0, 0, 0, 0], [0, 0, 0, 0, 0]),
        ("2023-04", [1, 2], [1, 1, 0, 0], [1, 0, 1, 0, 0]),
        ("2023-05", [1, 2], [1, 1, 1, 1], [2, 1, 1, 0, 0]),
    ],
)
def test_a_person_of_one_case_is_counted_once_whatever_is_decided_on_him(
    district: Told, period: str, filed: list[int], punished: list[int], forms: list[int]
) -> None:
    assert _cases_and_punishments(district, period) == filed + punished
    assert _forms(district, period) == forms


def test_the_month_of_may_alone_has_no_new_person_punished(district: Told) -> None:
    april, may = (_cases_and_punishments(district, p) for p in ("2023-04", "2023-05"))
    assert [b - a for a, b in zip(april, may, strict=True)][:3] == [0, 0, 0]
    april, may = (_forms(district, p) for p in ("2023-04", "2023-05"))
    assert [b - a for a, b in zip(april, may, strict=True)] == [1, 1, 0, 0, 0]


def test_the_may_ledger_keeps_both_measures_and_both_persons(district: Told) -> None:
    measures = district.ledger(
        "select punish_no, form_code from staging.stg_returns__punishments"
        " where period = '2023-05' order by punish_no"
    )
    assert measures == [("CF2023000001", "2"), ("CF2023000002", "2"), ("CF2023000003", "1")]
    persons = "staging.stg_returns__cases where period = '2023-05' and unit_code = 'TWN03'"
    assert district.ledger(f"select count(*) from {persons}") == [(2,)]


def test_a_government_punishment_without_its_filing_is_found(district: Told) -> None:
    assert district.failing["2023-05"] == {"R28": [], "R56": ["CF2023000002"]}
    assert not _findings(district, "TWN03")


def _cases_and_punishments(told: Told, period: str) -> list[float]:
    names = ["case_filed_cnt", "case_filed_person_cnt"]
    names += [f"{kind}_person_cnt" for kind in ("punished", "party_punished", "gov_punished")]
    names += ["dual_punished_person_cnt"]
    return [told.figure[JULY](name, period, "TWN03") for name in names]


def _forms(told: Told, period: str) -> list[float]:
    parts = ("", "1", "2", "3", "4")
    return [told.figure[JULY]("four_forms_cnt", period, "TWN03", part) for part in parts]


# Example B


@pytest.mark.parametrize(
    ("indicator", "part", "value"),
    [
        ("disposal_due_cnt", "", 1),
        ("disposal_ontime_cnt", "", 0),
        ("disposal_overdue_cnt", "", 1),
        ("disposal_overdue_cnt", "late", 1),
        ("disposal_overdue_cnt", "missing", 0),
        ("disposal_overdue_cnt", "carried", 0),
        ("disposal_ontime_rate", "", 0),
        ("disposal_overdue_days", "max", 6),
        ("disposal_filed_cnt", "", 1),
        ("disposal_unfiled_cnt", "", 0),
        ("disposal_mismatch_cnt", "", 1),
        ("disposal_mismatch_rate", "", 1),
        ("lead_disposed_cnt", "", 1),
        ("lead_accepted_cnt", "", 1),
        ("verification_share", "", 1),
        ("disposal_method_hhi", "", 1),
        ("all_verification_unit_cnt", "", 0),
        ("lead_no_analysis_cnt", "", 1),
        ("lead_open_cnt", "", 1),
        ("lead_overdue_open_cnt", "", 1),
        ("lead_hold_days", "max", 181),
        ("verify_long_pending_cnt", "", 1),
    ],
)
def test_a_lead_filed_as_another_method_and_overdue_in_july(
    district: Told, indicator: str, part: str, value: float
) -> None:
    assert district.figure[JULY](indicator, JULY, "OFF06", part) == value


@pytest.mark.parametrize(
    ("indicator", "part", "value"),
    [
        ("disposal_due_cnt", "", 1),
        ("disposal_ontime_cnt", "", 0),
        ("disposal_overdue_cnt", "", 1),
        ("disposal_overdue_days", "max", 0),
        ("lead_disposed_cnt", "", 0),
        ("lead_overdue_open_cnt", "", 0),
    ],
)
def test_the_same_lead_on_the_last_day_of_its_month(
    district: Told, indicator: str, part: str, value: float
) -> None:
    assert district.figure[JULY](indicator, "2023-02", "OFF06", part) == value


def test_every_contradiction_about_that_lead_is_found(district: Told) -> None:
    assert _findings(district, "OFF06") == {"DP18", "DP19"}
    assert _findings(district, "AJG01") == {"DF02"}
    lead, step = "XS2023000101", "XS2023000101/1"
    found = {rule: district.failing[JULY][rule] for rule in ("R01", "R03", "R08")}
    assert found == {"R01": [lead], "R03": [step], "R08": [lead]}


def _findings(told: Told, unit: str) -> set[str]:
    """Rules whose warnings or errors stand in the receipts of that unit."""
    mine = (d for d in told.decisions if d.unit_code == unit)
    return {f.rule for d in mine for f in d.findings if f.severity != "info"}


# Example C


def test_before_the_merger_each_town_is_listed_with_its_own_cases(merger: Told) -> None:
    filed = _filed_by_unit(merger, MARCH)
    assert len(filed) == 21
    assert (filed.pop("TWN05"), filed.pop("TWN06")) == (3, 0)
    assert filed == dict.fromkeys(others_of_the_group(MARCH), 2)
    figure = merger.figure[MARCH]
    assert figure("case_filed_cnt", MARCH, "town") == 41
    assert _extremes(figure, MARCH) == [3, "砚泠", 0, "桐霁"]
    assert figure("zero_case_unit_cnt", MARCH, "town") == 1
    assert figure("zero_self_case_unit_list", MARCH, "town", column="text_value") == "桐霁"
    assert figure("case_imbalance_cv", MARCH, "town") == pytest.approx(
        (sum((n - 41 / 21) ** 2 for n in [3, 0] + [2] * 19) / 21) ** 0.5 / (41 / 21)
    )


def test_after_it_the_successor_has_their_cases_and_the_closed_are_not_listed(
    merger: Told,
) -> None:
    filed = _filed_by_unit(merger, JULY)
    assert len(filed) == 20 and "TWN19" in filed
    assert set(filed.values()) == {4}
    figure = merger.figure[JULY]
    assert figure("case_filed_cnt", JULY, "town") == 80
    names = merger.ledger(
        "select string_agg(short_name, '、' order by sort) from intermediate.int_units_valid"
        f" where cut_period = '{JULY}' and basis = 'this' and ranking_group = 'town'"
    )[0][0]
    assert _extremes(figure, JULY) == [4, names, 4, names]
    assert figure("zero_case_unit_cnt", JULY, "town") == 0
    assert figure("case_imbalance_cv", JULY, "town") == 0
    assert figure("case_rank_in_type", JULY, "TWN19") == 1


def test_last_year_of_the_successor_is_that_of_its_predecessors(merger: Told) -> None:
    figure = merger.figure[JULY]
    assert figure("unit_case_filed_cnt", JULY, "TWN19", column="value_last_year") == 3
    assert figure("case_filed_cnt", JULY, "TWN19", column="value_last_year") == 3


def test_a_case_the_successor_forgets_is_found_and_counts_all_the_same(merger: Told) -> None:
    assert merger.failing[APRIL] == {"R39": ["LA2023000502"], "R58": ["LA2023000502"]}
    assert merger.figure[APRIL]("unit_case_filed_cnt", APRIL, "TWN19") == 3
    assert merger.failing[JULY]["R58"] == []


def test_a_closed_unit_hands_in_nothing_for_the_time_after(merger: Told) -> None:
    (refused,) = (d for d in merger.decisions if "P01" in {f.rule for f in d.findings})
    assert (refused.outcome, refused.received_at.date().isoformat()) == ("returned", "2023-05-04")
    assert "accepted" not in {f.outcome for f in refused.forms}


def test_a_late_correction_needs_a_reason_and_yields_to_a_later_period(merger: Told) -> None:
    without, reasoned = (
        next(d for d in merger.decisions if d.received_at.date().isoformat() == day)
        for day in ("2023-04-19", "2023-04-20")
    )
    assert without.outcome == "returned" and reasoned.outcome == "accepted"
    assert "P22" in {f.rule for f in without.findings}
    assert {f.version for f in reasoned.forms} == {2}
    assert merger.figure[MARCH]("unit_case_filed_cnt", MARCH, "TWN05") == 3
    assert merger.figure[JULY]("unit_case_filed_cnt", MARCH, "TWN05") == 2
    assert merger.figure[JULY]("unit_case_filed_cnt", APRIL, "TWN19") == 3


def _filed_by_unit(told: Told, period: str) -> dict[str, float]:
    figure = told.figure[period]
    wanted = [*others_of_the_group(period), "TWN05", "TWN06", "TWN19"]
    found = {}
    for unit in wanted:
        try:
            found[unit] = figure("unit_case_filed_cnt", period, unit)
        except KeyError:
            continue  # not listed
    return found


def _extremes(figure: Figure, period: str) -> list[Any]:
    found: list[Any] = []
    for name in ("max", "min"):
        found.append(figure(f"town_case_{name}_cnt", period, "town"))
        found.append(figure(f"town_case_{name}_unit", period, "town", column="text_value"))
    return found
