"""Persons counted once, under the unit and in the month of their first row, by the rule at hand."""

from datetime import date

import pytest
from counted import Figure, Returns, count
from stated import case, lead, punished

NOW = "2023-07"
EARLY, LATER = date(2023, 4, 20), date(2023, 6, 20)
FIRST, SECOND = "OFF01", "TWN03"  # who decides first, and later


def _on(day: date, **values: object) -> dict[str, object]:
    return {"decided_on": day, "stat_on": day, "form_code": "2"} | values


HANDLED = {"kind_code": "3", "party_punishment_code": None, "org_handling_code": "202"}
TALKED = HANDLED | {"org_handling_code": "103", "form_code": "1"}
GOVERNMENT = {"kind_code": "2", "party_punishment_code": None, "gov_punishment_code": "3"}
HELD = {"is_accountability": True, "accountability_reason_code": "1"}
# Numbers of persons: 1 twice punished, 2 held to account, 3 of the provincial inspection,
# 4 and 5 of rural revitalisation, 6 in two matters, 7 handed over, 8 revoked, 9 of two years.
RETURNS: Returns = {
    ("leads", FIRST, NOW): [
        lead(3, source_code="42"),
        lead(4, campaign_code="RUR"),
        lead(5, campaign_code="ENG", campaign2_code="RUR"),
    ],
    ("cases", FIRST, NOW): [case(n) for n in (1, 2, 3, 4, 5, 61, 62, 7)],
    ("punishments", FIRST, NOW): [
        punished(1, 1, **_on(EARLY, rank_code="42", party_punishment_code="5", form_code="3")),
        punished(2, 1, **_on(EARLY)),
        punished(3, 1, **_on(EARLY) | TALKED),
        punished(4, 1, **_on(EARLY) | TALKED),
        punished(61, 1, **_on(EARLY, person_no="RY00000006")),
        punished(7, 1, **_on(EARLY)),
        punished(8, 1, **_on(EARLY, revoked_on=date(2023, 6, 1))),
        punished(9, 1, **_on(date(2022, 12, 5))),
    ],
    ("punishments", SECOND, NOW): [
        punished(1, 2, **_on(LATER, rank_code="41") | GOVERNMENT),
        punished(2, 2, **_on(LATER) | HELD),
        punished(3, 2, **_on(LATER) | HANDLED),
        punished(4, 2, **_on(LATER)),
        punished(5, 2, **_on(LATER) | HANDLED),
        punished(62, 2, **_on(LATER, person_no="RY00000006")),
        punished(9, 2, **_on(LATER)),
        punished(10, 1, **_on(LATER, party_punishment_code="7", form_code="1")),
    ],
    ("transfers", SECOND, NOW): [
        {
            "transfer_no": "YS2023000001",
            "case_no": "LA2023000007",
            "person_no": "RY00000007",
            "stat_on": LATER,
        }
    ],
}
FILES: Returns = {("cases", FIRST, "2022-12"): [], ("punishments", FIRST, "2022-12"): []}


@pytest.fixture(scope="module")
def figure(tmp_path_factory: pytest.TempPathFactory) -> Figure:
    return count(tmp_path_factory.mktemp("persons"), {**RETURNS, **FILES})


@pytest.mark.parametrize(
    ("indicator", "first", "second"),
    [
        # first punishment of any kind: 1, 2, 6, 7 and then 4, 9
        ("punished_person_cnt", 4, 2),
        # its unit also for the other kind: the government punishment of 1 came from the second
        ("gov_punished_person_cnt", 1, 0),
        ("dual_punished_person_cnt", 1, 0),
        # the first row that counts, not the first of the person
        ("two_resp_accountability_cnt", 0, 1),
        ("prov_insp_org_handled_cnt", 0, 1),
        # 4 was talked to by the first and punished by the second; 5 is tagged second
        ("rural_handled_person_cnt", 1, 1),
        ("rural_punished_cnt", 0, 1),
        # the first row of each matter: 1, 2, 3, 4, one of 6, 7; then 5 and the other of 6;
        # that of 9 began last year
        ("four_forms_cnt", 6, 2),
    ],
)
def test_whose_person_it_is(figure: Figure, indicator: str, first: int, second: int) -> None:
    assert [figure(indicator, unit) for unit in (FIRST, SECOND)] == [first, second]
    assert figure(indicator, "QX00") == first + second


def test_educated_persons_of_the_provincial_inspection_stand_beside(figure: Figure) -> None:
    parts = [figure("prov_insp_org_handled_cnt", unit, "1xx") for unit in (FIRST, SECOND)]
    assert parts == [1, 0]


def test_the_rank_is_that_of_the_heaviest_measure(figure: Figure) -> None:
    assert figure("punished_person_cnt", "QX00", "rank:42") == 1
    assert figure("punished_person_cnt", "QX00", "rank:41") == 0
    assert figure("punished_person_cnt", FIRST, "rank:41", column="status") is None


def test_each_matter_stands_under_its_heaviest_form(figure: Figure) -> None:
    """1 is expelled; 3, 4, 5 and 6 end in form two; 7 is handed over to the procuratorate."""
    forms = [figure("four_forms_cnt", "QX00", form) for form in "1234"]
    assert forms == [0, 6, 1, 1]


def test_a_revoked_punishment_counts_until_it_is_revoked(figure: Figure) -> None:
    """As July states it; who exempts from punishment punishes nobody."""
    assert figure("punished_person_cnt", "QX00") == 6
    assert figure("four_forms_cnt", "QX00") == 8


def test_a_person_punished_last_year_counts_again(figure: Figure) -> None:
    assert figure("punished_person_cnt", SECOND) == 2
    assert figure("punished_person_cnt", "QX00", column="value_last_year") in (0, None)
