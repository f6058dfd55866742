"""Rules that check our own figures and tables: kept as computed, found once broken by hand."""

from datetime import date
from pathlib import Path

import duckdb
import pytest
from stated import NOW, Found, Returns, again, build, case, issue, lead, punished, step

RULES = ("R24", "R25", "R27", "R28", "R29", "R32", "R53", "R54")
ROUND = {"problem_source_code": "14", "inspection_round": 2}
VERIFIED = {"status_code": "50", "claimed_on": date(2023, 7, 9), "verified_on": date(2023, 7, 9)}
REMINDER = {"kind_code": "3", "party_punishment_code": None, "org_handling_code": "111"}
REMINDER |= {"form_code": "1"}
PROBLEM = {"problem_no": "ZF2023000001", "person_no": "RY00000003", "type_code": "H2"}
PROBLEM |= {"decided_on": date(2023, 7, 20), "stat_on": date(2023, 7, 20), "rank_code": "50"}
PROBLEM |= {"is_punished": True, "is_org_handled": False, "is_educated": False}
STATED: Returns = {
    ("leads", "OFF01", NOW): [lead(n, campaign_code="RUR") for n in (1, 2)],
    ("disposals", "OFF01", NOW): [step(1)],
    ("cases", "OFF01", NOW): [case(n) for n in (1, 2)],
    ("punishments", "OFF01", NOW): [
        punished(1, form_code="2"),
        punished(2, **REMINDER),
    ],
    ("leads", "GBJ01", NOW): [lead(8801)],
    ("cases", "GBJ01", NOW): [case(8801)],
    ("conduct_problems", "OFF05", NOW): [PROBLEM],
    ("rectifications", "XCB01", NOW): [issue(1, **ROUND), issue(2, **ROUND, **VERIFIED)],
}
# As landing does: no person's number goes on under the name of a key.
RETURNS: Returns = {
    where: [row | {"person_key": row.get("person_no", "")[2:]} for row in rows]
    for where, rows in STATED.items()
}
FIGURES = "update intermediate.int_measures__{} set value = value + 1 where cut_period = '" + NOW
BREAKS = (
    FIGURES.format("punishments") + "' and unit_code = 'OFF01' and slice = 'rank:61'",
    FIGURES.format("punishments") + "' and unit_code = 'OFF02' and slice = ''"
    " and indicator = 'gov_punished_person_cnt'",
    FIGURES.format("rectifications") + "' and slice = '2' and indicator = 'insp_rectified_cnt'",
    FIGURES.format("campaigns") + "' and unit_code = 'OFF03' and indicator = 'rural_punished_cnt'",
    FIGURES.format("four_forms") + "' and unit_code = 'OFF01' and slice = '2'",
    "update intermediate.int_person_matters set form_code = null"
    " where matter_no = 'XS2023000002' and cut_period = '" + NOW + "' and basis = 'this'",
    "update intermediate.int_conduct_problems set rank_code = '99' where basis = 'this'",
    FIGURES.format("transfers") + "' and unit_code = 'OFF02' and indicator = 'transfer_case_cnt'",
    FIGURES.format("conduct") + "' and unit_code = 'OFF03' and indicator = 'hedonism_problem_cnt'",
    FIGURES.format("conduct") + "' and unit_code = 'OFF04'"
    " and indicator = 'formalism_punished_cnt'",
    FIGURES.format("reforms") + "' and unit_code = 'QX00' and indicator = 'reform_done_cnt'",
    FIGURES.format("campaign_items") + "' and indicator = 'mass_action_closed_cnt'"
    " and unit_code = 'QX00'",
    "update marts.fct_leads set lead_no = 'XS2023008801' where lead_no = 'XS2023000001'",
    "update marts.fct_cases set case_no = 'LA2023008801' where case_no = 'LA2023000001'",
    "update marts.fct_punishments set rank_code = 'RY00000001'",
)
BROKEN = {
    "R24": {("OFF01", "four_forms_cnt"), ("OFF01", "XS2023000002")},
    "R25": {("OFF02", "transfer_person_cnt")},
    "R29": {("OFF03", "eight_rules_problem_cnt"), ("OFF04", "formalism_punished_cnt")}
    | {(unit, "eight_rules_problem_cnt") for unit in ("OFF05", "QX00")},
    "R27": {("OFF01", "punished_person_cnt")},
    "R28": {("OFF02", "punished_person_cnt")},
    "R32": {("QX00", "insp_feedback_problem_cnt"), ("QX00", "reform_item_cnt")}
    | {("QX00", "mass_action_accepted_cnt")},
    "R53": {("OFF03", "rural_punished_cnt"), ("OFF04", "formalism_punished_cnt")},
    "R54": {("QX00", fact) for fact in ("fct_leads", "fct_cases", "fct_punishments")},
}


@pytest.fixture(scope="module")
def computed_and_broken(tmp_path_factory: pytest.TempPathFactory) -> tuple[Found, Found]:
    """The failing rows of a sound warehouse, and after its tables were changed by hand."""
    root: Path = tmp_path_factory.mktemp("own_sql")
    computed = build(root, RETURNS, RULES)
    with duckdb.connect(str(root / "warehouse.duckdb")) as con:
        changed = [len(con.execute(f"{sql} returning 1").fetchall()) for sql in BREAKS]
    assert all(changed), changed
    return computed, again(root, RULES)


@pytest.mark.parametrize("rule", RULES)
def test_what_we_compute_keeps_our_own_rule(
    computed_and_broken: tuple[Found, Found], rule: str
) -> None:
    assert computed_and_broken[0][rule] == []


@pytest.mark.parametrize("rule", RULES)
def test_a_broken_figure_or_table_is_found(
    computed_and_broken: tuple[Found, Found], rule: str
) -> None:
    assert {(unit, key) for _, unit, _, key, *_ in computed_and_broken[1][rule]} == BROKEN[rule]
