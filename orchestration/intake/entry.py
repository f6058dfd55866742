"""One decision as rows of the register."""

import sqlalchemy as sa

from expectations.finding import Finding
from orchestration.intake import register
from orchestration.intake.decide import Decision


def enter(db: sa.Connection, decision: Decision) -> None:
    """Write one decision into the register."""
    common = {"received_at": decision.received_at, "file_sha256": decision.sha256}
    db.execute(
        sa.insert(register.files),
        {
            **{k: getattr(decision, k) for k in ("sha256", "name", "unit_code", "period")},
            **{k: getattr(decision, k) for k in ("outcome", "is_kept", "reason")},
            "received_at": decision.received_at,
        },
    )
    found: list[tuple[Finding, str | None, bool]]
    found = [(f, None, False) for f in decision.file_findings]
    for form in decision.forms:
        return_id = None
        if decision.unit_code and decision.period:
            return_id = _return_id(decision, form.form)
            db.execute(
                sa.insert(register.returns).prefix_with("or ignore"),
                {
                    **common,
                    **{k: getattr(form, k) for k in ("form", "version", "outcome")},
                    "return_id": return_id,
                    "unit_code": decision.unit_code,
                    "period": decision.period,
                    "is_nil": form.nil,
                    "is_late": form.late,
                    "row_count": form.rows,
                    "file_name": decision.name,
                    "reason": decision.reason,
                },
            )
            if form.changes:
                counts = {
                    n: getattr(form.changes, n) for n in ("added", "gone", "changed", "cells")
                }
                db.execute(
                    sa.insert(register.changes).prefix_with("or ignore"),
                    {"return_id": return_id} | counts,
                )
        found += [(f, return_id, False) for f in form.findings]
        found += [(f, return_id, True) for f in form.continued]
    if found:
        of = decision.answered.numbers
        rows = [
            _finding(f, return_id, known) | common | {"number": of.get(f)}
            for f, return_id, known in found
        ]
        db.execute(sa.insert(register.findings), rows)
    if decision.is_kept and decision.answered.given:
        names = ("number", "rule", "form", "key", "code", "note")
        unit = {"unit_code": decision.unit_code, "period": decision.period}
        said = [{n: getattr(r, n) for n in names} | unit for r in decision.answered.given]
        db.execute(sa.insert(register.answers), [row | common for row in said])


def _return_id(decision: Decision, form: str) -> str:
    at = decision.received_at.strftime("%Y%m%dT%H%M%S")
    return f"{form}.{decision.unit_code}.{decision.period}.{at}.{decision.sha256[:8]}"


def _finding(finding: Finding, return_id: str | None, is_continuing: bool) -> dict[str, object]:
    names = ("rule", "severity", "form", "sheet", "row", "column", "cell", "key", "message")
    return {
        **{k: getattr(finding, k) for k in names},
        "signature": finding.signature,
        "return_id": return_id,
        "is_continuing": is_continuing,
    }
