"""The declarations hold together: contracts, seeds and the functions that rules may call."""

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from expectations import registry, wording
from expectations.contract import CONTRACTS, contracts

FORMS = contracts().values()


def test_all_sixteen_forms_are_declared_in_the_order_of_the_specification() -> None:
    assert list(contracts()) == [
        "petitions",
        "leads",
        "disposals",
        "lead_register",
        "disposal_filings",
        "cases",
        "punishments",
        "transfers",
        "recoveries",
        "conduct_problems",
        "campaign_items",
        "rectifications",
        "reforms",
        "key_tasks",
        "activities",
        "targets",
    ]


def test_a_yearly_form_is_owed_for_january_only() -> None:
    form = contracts()["targets"]
    assert form.is_owed("BGS", date(2023, 1, 31))
    assert not form.is_owed("BGS", date(2023, 2, 28))
    assert not form.is_owed("OFF", date(2023, 1, 31))


@pytest.mark.parametrize("contract", FORMS, ids=lambda c: c.form)
def test_a_key_is_made_of_required_columns(contract) -> None:
    assert all(contract.column(name).required for name in contract.key)


@pytest.mark.parametrize("contract", FORMS, ids=lambda c: c.form)
def test_labels_and_names_are_unique_within_a_form(contract) -> None:
    labels = [c.label for c in contract.columns]
    assert len(set(labels)) == len(labels)
    assert len(set(contract.names)) == len(contract.names)


@pytest.mark.parametrize("contract", FORMS, ids=lambda c: c.form)
def test_every_code_column_names_a_list_that_exists(contract) -> None:
    for column in contract.columns:
        if column.code_list and column.code_list != "unit":
            assert registry.codes(column.code_list), column.name


@pytest.mark.parametrize("contract", FORMS, ids=lambda c: c.form)
def test_every_rule_names_columns_of_its_form(contract) -> None:
    assert all(rule.columns for rule in contract.rules)


def test_rule_ids_are_unique_over_all_forms() -> None:
    ids = [rule.id for contract in FORMS for rule in contract.rules]
    assert len(set(ids)) == len(ids)


def test_rules_name_only_parameters_that_exist() -> None:
    named = {m for c in FORMS for r in c.rules for m in re.findall(r"param\('(\w+)'\)", r.check)}
    assert named and all(registry.parameter(n, date(2023, 7, 31)) for n in named)


def test_an_unknown_parameter_is_an_error() -> None:
    with pytest.raises(KeyError):
        registry.parameter("no_such", date(2023, 7, 31))


def test_a_contract_that_breaks_the_schema_is_not_loaded(tmp_path: Path) -> None:
    from expectations.contract import _contract

    raw = yaml.safe_load((CONTRACTS / "leads.yml").read_text(encoding="utf-8"))
    raw["columns"][0]["lable"] = "x"
    broken = tmp_path / "leads.yml"
    broken.write_text(yaml.safe_dump(raw, allow_unicode=True), encoding="utf-8")
    with pytest.raises(ValueError, match="lable"):
        _contract(broken)


def test_a_merger_and_a_rename_change_the_units_of_a_day() -> None:
    before, after = registry.units_on(date(2023, 3, 31)), registry.units_on(date(2023, 4, 1))
    assert (len(before), len(after)) == (43, 42)
    assert {"TWN05", "TWN06"} <= set(before) and "TWN19" not in before
    assert registry.units_on(date(2023, 2, 28))["DIS01"].short_name == "区教育局"
    assert registry.units_on(date(2023, 3, 1))["DIS01"].short_name == "区教育和体育局"


def test_due_and_closing_days_are_workdays() -> None:
    workdays = {r["day"]: r["is_workday"] == "true" for r in registry.rows("workdays")}
    for period in registry.calendar().values():
        assert workdays[period.due_on.isoformat()], period
        assert workdays[period.closes_on.isoformat()], period


def test_every_activity_item_is_owed_by_a_unit_type_or_a_unit() -> None:
    known = {u.unit_type_code for u in registry.units()} | {u.unit_code for u in registry.units()}
    assert all(i.owed_by and i.owed_by <= known for i in registry.activity_items().values())


@pytest.mark.parametrize("contract", FORMS, ids=lambda c: c.form)
def test_every_rule_says_what_it_expects_of_a_column_by_its_label(contract) -> None:
    for rule in contract.rules:
        labels = [contract.column(n).label for n in rule.columns]
        text = wording.expected(contract, rule.id, rule.columns)
        assert any(label in text for label in labels), rule.id
        assert text != rule.message
        assert "{" not in text
        assert wording.fix(contract, rule.id, rule.columns)
