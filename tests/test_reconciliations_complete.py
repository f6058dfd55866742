"""Every reconciliation of the specification is declared, and broken by a test."""

import test_answers_released
import test_reconciliations
import test_reconciliations_cases
import test_reconciliations_leads
import test_reconciliations_marks
import test_reconciliations_own_sql
import test_reconciliations_releases
import test_reconciliations_tallies
import test_reconciliations_versions
import yaml

from expectations.reconciliation import RECONCILIATIONS, reconciliations
from orchestration.settings import DBT_PROJECT

SPECIFIED = [f"R{number:02}" for number in range(1, 61)]
BROKEN = [
    test_answers_released.BROKEN,
    test_reconciliations.BROKEN,
    test_reconciliations_cases.BROKEN,
    test_reconciliations_leads.BROKEN,
    test_reconciliations_marks.BROKEN,
    test_reconciliations_own_sql.BROKEN,
    test_reconciliations_releases.BROKEN,
    test_reconciliations_tallies.BROKEN,
    test_reconciliations_versions.BROKEN,
]


def test_every_rule_is_declared_once_in_the_order_of_the_specification() -> None:
    declared = yaml.safe_load(RECONCILIATIONS.read_text(encoding="utf-8"))
    assert [entry["id"] for entry in declared] == SPECIFIED


def test_every_rule_has_a_model_that_bears_its_number() -> None:
    for rule in reconciliations().values():
        assert rule.model.startswith(f"recon_{rule.id.lower()}_")
        assert (DBT_PROJECT / "models" / "reconciliations" / f"{rule.model}.sql").is_file()


def test_every_rule_is_broken_by_the_returns_or_the_warehouse_of_a_test() -> None:
    broken = {rule for table in BROKEN for rule, keys in table.items() if keys}
    assert sorted(broken) == SPECIFIED
