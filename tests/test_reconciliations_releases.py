"""Figures held against real earlier releases, and against each other within one."""

from datetime import date, datetime

import duckdb
import pytest
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from stated import (
    LAST,
    NOW,
    Found,
    Returns,
    Row,
    case,
    failing,
    lead,
    petition,
    punished,
    run,
    step,
)
from test_figures import Raw

from expectations.reconciliation import reconciliations
from orchestration.intake.landing.land_register import write_table
from orchestration.release.earlier import land_earlier, releases_read
from orchestration.release.publish import publish
from orchestration.settings import Home

RULES = ("R33", "R36", "R37", "R38")
OWN = ("R36", "R38")  # about our own figures: broken by hand
THEN = "2022-07"
KNOWN = {THEN: "2022-08-12 23:59:59", LAST: "2023-07-12 23:59:59", NOW: "2023-08-31 23:59:59"}
DECEMBER, JUNE, JULY = date(2022, 12, 10), date(2023, 6, 20), date(2023, 7, 20)
IN_JUNE = {"stat_on": JUNE, "party_filed_on": JUNE}
DUPLICATE = {"is_duplicate": True, "original_lead_no": "XS2023000001", "status_code": "80"}
MANY = [lead(n) for n in range(101, 161)]


def _recovery(number: int, amount: float) -> Row:
    row = {"asset_no": f"CW2023{number:06}", "kind_code": "1", "amount_wan": amount}
    return row | {"recovered_on": JUNE, "stat_on": JUNE}


def _conduct(**values: object) -> Row:
    row = {"problem_no": "ZF2023000001", "person_no": "RY00000001", "type_code": "X1"}
    row |= {"decided_on": JUNE, "stat_on": JUNE, "rank_code": "50"}
    return row | {"is_punished": False, "is_org_handled": True} | values


def _cases_of_2022(first: int, count: int) -> list[Row]:
    filed = {"party_filed_on": date(2022, 7, 5), "stat_on": date(2022, 7, 5)}
    return [case(n, **filed) for n in range(first, first + count)]


PETITIONS = [petition(n, received_on=JUNE, stat_on=JUNE) for n in (1, 2, 3)]
# What is lawful: a mistake corrected, a duplicate, a merger, a revocation, another unit's key.
RETURNS: Returns = {
    ("cases", "OFF01", THEN): _cases_of_2022(9001, 2),
    ("cases", "TWN05", THEN): _cases_of_2022(9011, 1),
    ("petitions", "XFS01", LAST): PETITIONS,
    ("petitions", "XFS01", NOW): PETITIONS[:2],
    ("leads", "OFF01", LAST): [*MANY, lead(1), lead(2)],
    ("leads", "OFF01", NOW): [*MANY, lead(1), lead(2, **DUPLICATE)],
    ("disposals", "OFF01", LAST): [step(2)],
    ("cases", "OFF02", LAST): [case(n, **IN_JUNE) for n in (1, 2, 3)],
    ("cases", "OFF02", NOW): [
        case(1, **IN_JUNE),
        case(2, **IN_JUNE, merged_into_case_no="LA2023000001"),
        case(3, party_filed_on=JUNE, stat_on=DECEMBER),
    ],
    ("cases", "DIS01", LAST): [case(11, **IN_JUNE)],
    ("punishments", "OFF03", LAST): [punished(n, stat_on=JUNE, decided_on=JUNE) for n in (1, 2)],
    ("punishments", "OFF03", NOW): [
        punished(1, stat_on=JUNE, decided_on=JUNE),
        punished(2, stat_on=JUNE, decided_on=JUNE, revoked_on=JULY),
    ],
    ("recoveries", "OFF05", LAST): [_recovery(1, 10.5), _recovery(2, 4.0)],
    ("recoveries", "OFF05", NOW): [_recovery(1, 6.25), _recovery(2, 4.0)],
    ("conduct_problems", "DIS01", LAST): [_conduct()],
    ("conduct_problems", "DIS02", NOW): [_conduct(stat_on=DECEMBER)],
}
BREAK = "update marts.rpt_indicators set {0} = {0} + 1 where period = '" + NOW + "' and slice = ''"
BREAKS = (
    BREAK.format("value") + " and indicator = 'unit_case_filed_cnt' and unit_code = 'DIS01'",
    BREAK.format("numerator") + " and indicator = 'formalism_share_four_winds'"
    " and unit_code = 'QX00'",
    BREAK.format("value_last_year") + " and indicator = 'case_filed_cnt'"
    " and unit_code in ('OFF01', 'TWN19')",
)
KEPT: dict[str, set[tuple[str, str]]] = {
    "R36": set(),
    "R38": set(),
}  # before the figures are broken
BROKEN = {
    "R33": {
        ("QX00", name)
        for name in ("case_filed_cnt", "case_filed_person_cnt", "recovered_amount_wan")
    },
    "R36": {("QX00", "disp_case_filed_cnt"), ("QX00", "formalism_problem_cnt")},
    "R37": {("QX00", "lead_accepted_cnt")},
    "R38": {("OFF01", "case_filed_cnt")},
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A release of last July and one of June; then July built beside them."""
    place = Home(tmp_path_factory.mktemp("releases"))
    raw = Raw(place.raw)
    for (form, unit, period), rows in RETURNS.items():
        raw.state(form, unit, period, list(rows))
    raw.state("petitions", "XFS01", LAST, PETITIONS[:2], version=20)  # received on 22 July
    raw.close()
    place.warehouse.parent.mkdir()
    _run(place, THEN, "seed")
    for period in (THEN, LAST):
        _stand(place, period, "A", "B", "B")
        _build(place, period)
        publish(place, period, KNOWN[period], is_provisional=False)
    _stand(place, NOW, "B", "B", "C")
    _build(place, NOW)
    return place


def _stand(home: Home, period: str, *keys: str) -> None:
    """What was judged: a waived error of one unit for each key, of B in two of its fields."""
    row = {"rule": "R12", "severity": "error", "form": "cases", "unit_code": "OFF01"}
    row |= {"period": period, "message": "无台账", "is_waived": True}
    write_table(home.raw, "judged", [row | {"key": key} for key in keys])


def _build(home: Home, period: str) -> None:
    land_earlier(home, period, datetime.fromisoformat(KNOWN[period]))
    rules = [f"+{reconciliations()[r].model}" for r in RULES] if period == NOW else []
    _run(home, period, "run", "--select", "+rpt_indicators", "+rpt_findings+", *rules)


def _run(home: Home, period: str, *words: str) -> None:
    run(home.root, *words, period=period, as_of=KNOWN[period], warehouse=str(home.warehouse))
    DuckDBConnectionManager.close_all_connections()  # publishing opens the file for itself


@pytest.fixture(scope="module")
def found(home: Home) -> tuple[Found, Found]:
    """The failing rows of July as computed, and after its figures were changed by hand."""
    computed = failing(home.warehouse, RULES)
    with duckdb.connect(str(home.warehouse)) as con:
        changed = [len(con.execute(f"{sql} returning 1").fetchall()) for sql in BREAKS]
    assert changed == [1, 1, 2]
    _run(home, NOW, "run", "--select", *(reconciliations()[r].model for r in OWN))
    return computed, failing(home.warehouse, RULES)


@pytest.mark.parametrize("rule", OWN)
def test_what_we_compute_agrees_with_itself_and_the_release_of_last_year(
    found: tuple[Found, Found], rule: str
) -> None:
    assert found[0][rule] == []


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_about_releases_finds_what_breaks_it_and_nothing_beside(
    found: tuple[Found, Found], rule: str
) -> None:
    assert {(unit, key) for _, unit, _, key, *_ in found[1][rule]} == BROKEN[rule]


def test_a_fallen_total_says_what_was_released_and_what_is_left_on_both_sides(
    found: tuple[Found, Found],
) -> None:
    told = {key: detail for *_, key, detail in found[0]["R33"]}
    assert told["case_filed_cnt"].endswith("上期正式发布 4，本期 2，除去有据可查的变动后 3 和 2")
    assert told["recovered_amount_wan"].endswith(
        "14.5，本期 10.25，除去有据可查的变动后 14.5 和 10.25"
    )


def test_both_releases_are_read(home: Home) -> None:
    read = releases_read(home, NOW, datetime.fromisoformat(KNOWN[NOW]))
    assert [name[:7] for name in read] == [THEN, LAST]


def test_a_month_counts_what_stands_and_what_is_gone_since_and_keeps_earlier_months(
    home: Home,
) -> None:
    with duckdb.connect(str(home.warehouse), read_only=True) as con:
        counts = con.execute("from marts.rpt_finding_counts order by period").fetchall()
    assert counts == [(LAST, "R12", "OFF01", 3, 0, 0), (NOW, "R12", "OFF01", 3, 0, 1)]
