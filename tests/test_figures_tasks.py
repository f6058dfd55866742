"""Tasks that lag, and campaigns before and after they begin."""

from datetime import date

import pytest
from counted import Figure, Returns, count
from stated import case, lead, punished, step
from test_figures import Row

NOW = "2023-07"
LONG = {"assigned_on": date(2023, 1, 1), "due_on": date(2023, 12, 31)}  # 211 of 364 days gone by


def _task(number: int, plan: int, done: int, **values: object) -> Row:
    row = {"task_no": f"RW2023{number:04}", "task_kind_code": "70", "status_code": "2"}
    return row | LONG | {"plan_count": plan, "done_count": done, "is_urged": False} | values


OVER: Row = {"due_on": date(2023, 6, 30)}
CAMPAIGN: Row = {"task_kind_code": "20", "campaign_code": "FIN"}
TASKS: Returns = {
    # 10 × 211 // 364 = 5 should be done; a whole piece is missing at 4
    ("key_tasks", "DFZ01", NOW): [_task(1, 10, 5), _task(2, 1, 0)],
    ("key_tasks", "SLS01", NOW): [_task(11, 10, 4)],
    ("key_tasks", "XFS01", NOW): [
        _task(21, 3, 2, **OVER),
        _task(22, 3, 3, **OVER),
        _task(23, 3, 0, **OVER, status_code="3", done_on=date(2023, 6, 1)),
        _task(24, 3, 0, **OVER, status_code="4"),
        _task(25, 3, 0, assigned_on=date(2023, 7, 31), due_on=date(2023, 7, 31)),
    ],
    ("key_tasks", "OFF03", NOW): [
        _task(31, 10, 10, **CAMPAIGN, status_code="3", done_on=date(2023, 5, 4)),
        _task(32, 10, 5, **CAMPAIGN),
        _task(33, 10, 0, **CAMPAIGN, status_code="4"),
        _task(34, 1, 0, task_kind_code="21", campaign_code="LIV03", status_code="1"),
        _task(35, 1, 0, task_kind_code="21", campaign_code="LIV06", status_code="4"),
        _task(
            36, 1, 0, task_kind_code="21", campaign_code="LIV06",
            assigned_on=date(2022, 12, 1), status_code="1",
        ),
    ],
}  # fmt: skip
DAY = date(2023, 7, 20)
STATISTICS: Row = {"campaign_code": "STA"}
CAMPAIGNS: Returns = {
    ("leads", "OFF06", NOW): [lead(1, campaign_code="RUR"), lead(2, campaign2_code="LIV07")],
    ("disposals", "OFF06", NOW): [step(1), step(2)],
    ("cases", "OFF06", NOW): [
        case(1, **STATISTICS),
        case(2, campaign_code="LIV07", stat_on=date(2023, 3, 1)),
        case(3, campaign_code="LIV07", stat_on=date(2023, 2, 28)),
        case(4, campaign_code="BIZ", campaign2_code="LIV02"),
    ],
    ("punishments", "OFF06", NOW): [punished(2)],
}


@pytest.fixture(scope="module")
def figure(tmp_path_factory: pytest.TempPathFactory) -> Figure:
    return count(tmp_path_factory.mktemp("tasks"), {**TASKS, **CAMPAIGNS})


@pytest.mark.parametrize(
    ("unit", "lagging"), [("DFZ01", 0), ("SLS01", 1), ("XFS01", 2), ("QX00", 3)]
)
def test_a_task_lags_when_a_whole_piece_is_missing(figure: Figure, unit: str, lagging: int) -> None:
    assert figure("key_task_lag_cnt", unit) == lagging


def test_progress_of_a_campaign_leaves_out_what_was_called_off(figure: Figure) -> None:
    assert figure("finance_campaign_progress_rate", "OFF03") == 1 / 2
    assert figure("finance_campaign_progress_rate", "OFF03", "quantity") == 15 / 20
    assert figure("stat_fraud_progress_rate", "OFF03", column="status") == "na"


def test_a_campaign_of_last_year_counts_as_long_as_it_is_open(figure: Figure) -> None:
    assert figure("livelihood_campaign_cnt", "QX00") == 2
    assert figure("livelihood_campaign_by_office_cnt", "OFF03") == 2
    assert figure("campaign_field_cnt", "QX00") == 2  # finance, and the livelihood ones as one


BEGUN = {  # with the month before and the month of the start
    "staff_lead_disposed_cnt": ("2023-01", "2023-02"),
    "rural_lead_cnt": ("2023-01", "2023-02"),
    "rural_punished_cnt": ("2023-01", "2023-02"),
    "night_class_cnt": ("2023-01", "2023-02"),
    "mass_action_accepted_cnt": ("2023-01", "2023-02"),
    "livelihood_case_cnt": ("2023-02", "2023-03"),
    "prov_insp_case_cnt": ("2023-02", "2023-03"),
    "prov_insp_petition_cnt": ("2023-02", "2023-03"),
    "stat_fraud_case_cnt": ("2023-03", "2023-04"),
    "medical_case_cnt": ("2023-05", "2023-06"),
}


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Figure:
    """Every unit that is asked reports every month."""
    owing = {"disposals": "OFF06", "punishments": "OFF06", "cases": "OFF06", "leads": "OFF06"}
    owing |= {"campaign_items": "OFF06", "petitions": "XFS01"}
    returns: dict[tuple[str, str, str], list[Row]] = {
        (form, unit, f"2023-{month:02}"): []
        for form, unit in owing.items()
        for month in range(1, 8)
    }
    for month in range(1, 8):
        nights: Row = {"item_code": "A0511", "month_quantity": 0.0}
        returns["activities", "ZZB01", f"2023-{month:02}"] = [nights]
    return count(tmp_path_factory.mktemp("campaigns"), returns)


@pytest.mark.parametrize("indicator", BEGUN)
def test_a_campaign_is_not_applicable_before_it_begins_and_then_zero(
    history: Figure, indicator: str
) -> None:
    before, after = BEGUN[indicator]
    unit = {"night_class_cnt": "ZZB01", "prov_insp_petition_cnt": "XFS01"}.get(indicator, "OFF06")
    for code in ("QX00", unit):
        assert history(indicator, code, period=before, column="status") == "na"
        assert history(indicator, code, period=before) is None
        assert history(indicator, code, period=after) == 0
        assert history(indicator, code, period=after, column="status") == "value"


@pytest.mark.parametrize(
    ("indicator", "part"),
    [("livelihood_campaign_output_cnt", "LIV07:cases"), ("campaign_case_cnt", "STA")],
)
def test_the_output_of_a_campaign_is_not_applicable_before_it_begins(
    history: Figure, indicator: str, part: str
) -> None:
    assert history(indicator, "QX00", part, period="2023-02", column="status") == "na"
    assert history(indicator, "QX00", part) == 0


def test_only_what_falls_into_a_campaign_counts_and_by_either_tag(figure: Figure) -> None:
    assert figure("livelihood_case_cnt", "QX00") == 2  # not that of the day before
    assert figure("stat_fraud_case_cnt", "OFF06") == 1
    assert figure("rural_lead_cnt", "OFF06") == 1
    assert figure("livelihood_handled_person_cnt", "OFF06") == 1


def test_output_stands_under_the_lead_office_of_the_list(figure: Figure) -> None:
    output = "livelihood_campaign_output_cnt"
    assert figure(output, "OFF06", "LIV07:cases") == 1
    assert figure(output, "OFF04", "LIV02:cases") == 1  # filed by OFF06
    assert figure(output, "OFF06", "LIV07:leads") == 1
    assert figure(output, "OFF06", "LIV08:items") == 0
