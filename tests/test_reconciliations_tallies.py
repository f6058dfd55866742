"""Tallies that contradict a ledger, themselves, or look made up."""

import pytest
from stated import LAST, NOW, Found, Returns, build, issue, tally

RULES = ("R35", "R43", "R44", "R45", "R46", "R47")
FIVE = {"A0304": 3, "A0306": 2, "A0512": 1, "A0513": 4, "A0515": 5}
FIVE_OTHERS = {"A0304": 1, "A0306": 1, "A0512": 2, "A0513": 1, "A0514": 1}
ROUND = {f"A02{n:02}": 20 + 10 * n for n in range(4, 12)}  # eight values, all divisible by ten


def _with_total(item: str, month: float, total: float) -> dict[str, object]:
    return {"item_code": item, "month_quantity": month, "ytd_quantity": total}


RETURNS: Returns = {
    ("activities", "DIS01", NOW): tally(A0405=2),
    ("activities", "DIS02", NOW): tally(A0405=1),
    **{
        ("rectifications", unit, NOW): [issue(int(unit[-1]), problem_source_code="3")]
        for unit in ("DIS01", "DIS02")
    },
    ("activities", "BGS01", LAST): tally(A1501=3, A1502=3, A1503=4),
    ("activities", "BGS01", NOW): tally(A1501=1, A1502=2, A1503=1),
    ("activities", "OFF01", "2023-05"): tally(A0202=2),
    ("activities", "OFF01", NOW): [_with_total("A0202", 3, 6)],
    ("activities", "OFF02", "2023-05"): tally(A0202=2),
    ("activities", "OFF02", NOW): [_with_total("A0202", 3, 5)],
    ("activities", "OFF03", LAST): tally(A0801=0.1, A0803=9),
    ("activities", "OFF03", NOW): [_with_total("A0801", 0.2, 0.3), _with_total("A0803", 7, 16.5)],
    ("activities", "TWN05", "2023-03"): tally(A0213=4),
    ("activities", "TWN19", NOW): [_with_total("A0213", 1, 5)],
    ("activities", "SLS01", NOW): [],
    **{("activities", "TWN01", period): tally(**FIVE) for period in (LAST, NOW)},
    **{("activities", unit, NOW): tally(**FIVE_OTHERS) for unit in ("TWN02", "TWN03")},
    ("activities", "TWN04", LAST): tally(**FIVE_OTHERS),
    ("activities", "TWN04", NOW): tally(**(FIVE | {"A0515": 6})),
    **{("activities", "TWN07", p): tally(**dict([*FIVE.items()][:4])) for p in (LAST, NOW)},
    ("activities", "STR01", NOW): tally(**ROUND, A0304=21, A0306=23),
    ("activities", "STR02", NOW): tally(**(ROUND | {"A0204": 61}), A0304=21, A0306=23),
    ("activities", "STR03", NOW): tally(**ROUND, A0304=30, A0306=19),
    **{
        ("activities", unit, f"2023-0{month}"): tally(A0304=10, A0305=10)
        for unit in ("TWN08", "TWN09")
        for month in (4, 5, 6)
    },
    ("activities", "TWN08", "2022-12"): tally(A0304=500),
    **{("activities", "TWN08", f"2023-0{month}"): tally(A0304=10) for month in (1, 2, 3)},
    ("activities", "TWN08", NOW): tally(A0304=31),
    ("activities", "TWN09", NOW): tally(A0304=30, A0305=90),
    **{("activities", "TWN10", f"2023-0{month}"): tally(A0304=10) for month in (5, 6)},
    ("activities", "TWN10", NOW): tally(A0304=90),
    **{("activities", "TWN11", f"2023-0{month}"): [] for month in (4, 5, 6)},
    ("activities", "TWN11", NOW): tally(A0304=20),
}
BROKEN = {
    "R35": {("DIS01", "A0405"), ("BGS01", "A1502")},
    "R43": {("OFF01", "A0202")},
    "R44": {("OFF02", "A0512")},
    "R45": {(unit, "") for unit in ("TWN01", "TWN02", "TWN03")},
    "R46": {("STR01", "")},
    "R47": {("TWN08", "A0304"), ("TWN11", "A0304")},
}
KEPT = {
    "R35": {("DIS02", "A0405"), ("BGS01", "A1503")},
    "R43": {("OFF02", "A0202"), ("OFF03", "A0801"), ("OFF03", "A0803"), ("TWN19", "A0213")},
    "R44": {("OFF02", "A0202"), ("OFF02", "A0101"), ("SLS01", "A0512"), ("XCX01", "A0512")},
    "R45": {("TWN04", ""), ("TWN07", "")},
    "R46": {("STR02", ""), ("STR03", "")},
    "R47": {("TWN09", "A0304"), ("TWN09", "A0305"), ("TWN10", "A0304")},
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """The failing rows of these rules, from one run of the models."""
    return build(tmp_path_factory.mktemp("tallies"), RETURNS, RULES)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_about_tallies_finds_what_breaks_it_and_nothing_beside(
    found: Found, rule: str
) -> None:
    keys = {(unit, key) for _, unit, _, key, *_ in found[rule]}
    assert keys >= BROKEN[rule]
    assert not keys & KEPT[rule]


def test_a_wrong_year_total_names_the_months_that_are_missing(found: Found) -> None:
    (detail,) = (d for _, unit, _, key, d in found["R43"] if (unit, key) == ("OFF01", "A0202"))
    assert detail.endswith("未报月份 2023-01 2023-02 2023-03 2023-04 2023-06")
