"""The sources file of the dbt project, made from the contracts; `render` writes and checks it."""

import yaml

from expectations.contract import Column, Contract, contracts
from orchestration.intake.landing.land_register import TABLES
from orchestration.settings import DBT_PROJECT

SOURCES = DBT_PROJECT / "models" / "staging" / "__sources.yml"
LOCATION = (
    "read_parquet('{{ var(\"raw\") }}/{name}/*/*.parquet', hive_partitioning = true,"
    " hive_types_autocast = false, union_by_name = true)"
)
REGISTER = "read_parquet('{{ var(\"raw\") }}/_register/{name}.parquet')"
FIRST_LINE = "# Generated from expectations/contracts by `jijian render`: do not edit.\n"


def sources_yml() -> str:
    """What `__sources.yml` must hold: one table per form, its columns with their labels."""
    source = {
        "name": "raw",
        "description": "Accepted returns, all versions, typed by contract.",
        "config": {"meta": {"external_location": LOCATION}},
        "tables": [_table(c) for c in contracts().values()],
    }
    register = {
        "name": "register",
        "description": "What was received, and what came of it.",
        "config": {"meta": {"external_location": REGISTER}},
        "tables": [{"name": n, "description": text} for n, (text, _) in sorted(TABLES.items())],
    }
    body = {"version": 2, "sources": [source, register]}
    return FIRST_LINE + yaml.safe_dump(body, allow_unicode=True, sort_keys=False, width=100)


def _table(contract: Contract) -> dict[str, object]:
    """One form; what models ask of its contract (macro `contract_of`) goes along as `meta`."""
    told: dict[str, object] = {"key": list(contract.key)}
    told |= {k: v for k in ("leaves_by", "leaves_with") if (v := getattr(contract, k))}
    return {
        "name": contract.form,
        "description": contract.title,
        "config": {"meta": told},
        "columns": [_column(c) for c in contract.columns],
    }


def _column(column: Column) -> dict[str, object]:
    described: dict[str, object] = {"name": column.name, "description": column.label}
    told = {"is_fixed": column.fixed, "is_stat_date": column.stat_of is not None}
    told |= {"is_same": column.same}
    marks = {k: v for k, v in told.items() if v}
    return described | ({"config": {"meta": marks}} if marks else {})
