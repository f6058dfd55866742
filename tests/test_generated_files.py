"""Generated files are in step with what they are made from."""

import re

from expectations.reconciliation import reconciliations
from orchestration.dbt_sources import SOURCES, sources_yml
from orchestration.settings import DBT_PROJECT


def test_the_dbt_sources_are_those_of_the_contracts() -> None:
    assert SOURCES.read_text(encoding="utf-8") == sources_yml()


def test_the_findings_mart_reads_every_reconciliation_once() -> None:
    sql = (DBT_PROJECT / "models" / "marts" / "rpt_findings.sql").read_text(encoding="utf-8")
    named = re.findall(r"'(recon_\w+)'", sql)
    assert named == [r.model for r in reconciliations().values()]
