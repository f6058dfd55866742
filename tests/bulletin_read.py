"""What a bulletin has to print, from the marts alone: written a second time on purpose."""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import duckdb
from bulletin_made import PERIOD

# Every figure and every part of one, written a second time on purpose.
CELL = "if(type_code = '', 'all', type_code) || ':' || if(level_code = '', 'all', level_code)"


MARTS = (
    "select f.*, i.unit_of_measure from marts.rpt_indicators as f"
    " join marts.dim_indicator as i using (indicator) where f.period = ?",
    "select indicator, 'QX00' as unit_code, subject || ':' || part as slice, c.value, c.status,"
    " null as text_value, null as numerator, null as denominator, c.value_last_year,"
    " c.value - c.value_last_year as change,"
    " (c.value - c.value_last_year) / nullif(c.value_last_year, 0) as change_rate,"
    " i.unit_of_measure from marts.rpt_compositions as c"
    " join marts.dim_indicator as i using (indicator) where c.period = ?",
    "select indicator, 'QX00' as unit_code, subject || ':' || part || ':share' as slice,"
    " value / nullif(whole, 0) as value, case when whole > 0 then status else 'na' end as status,"
    " null as text_value, value as numerator, whole as denominator, null as value_last_year,"
    " null as change, null as change_rate, '%' as unit_of_measure"
    " from marts.rpt_compositions where period = ?",
    "select indicator, 'QX00' as unit_code, case indicator when 'four_forms_cnt' then 'form:'"
    " else 'public:' end || part as slice, b.value, b.status, null as text_value,"
    " null as numerator, null as denominator, null as value_last_year, null as change,"
    " null as change_rate, i.unit_of_measure from marts.rpt_breakdowns as b"
    " join marts.dim_indicator as i using (indicator)"
    " where indicator <> 'case_filed_person_cnt' and period = ?",
    "select indicator, 'QX00' as unit_code, 'form:' || part || ':share' as slice,"
    " value / nullif(whole, 0) as value, case when whole > 0 then status else 'na' end as status,"
    " null as text_value, value as numerator, whole as denominator, null as value_last_year,"
    " null as change, null as change_rate, '%' as unit_of_measure"
    " from marts.rpt_breakdowns where indicator = 'four_forms_cnt' and period = ?",
    *(
        f"select '{indicator}' as indicator, unit_code, '{subject}:' || {CELL} as slice,"
        f" {column} as value, 'value' as status, null as text_value, null as numerator,"
        f" null as denominator, '{unit}' as unit_of_measure"
        " from marts.rpt_conduct_levels where unit_code = 'QX00' and period = ?"
        for indicator, subject, column, unit in (
            ("eight_rules_problem_cnt", "problem", "problem_count", "起"),
            ("eight_rules_person_cnt", "handled", "person_count", "人"),
            ("eight_rules_punished_cnt", "disciplined", "punished_count", "人"),
        )
    ),
    f"select 'eight_rules_problem_cnt' as indicator, unit_code, 'problem:' || {CELL} || ':share'"
    " as slice, problem_share as value, case when problem_share is null then 'na' else 'value' end"
    " as status, null as text_value, problem_count as numerator,"
    " whole_problem_count as denominator, '%' as unit_of_measure"
    " from marts.rpt_conduct_levels where unit_code = 'QX00' and period = ?",
)


NUMBER = r"\d+(?:\.\d+)?%?"


# Numbers of the wording itself: dates, references, limits of the rules and parameters.
WORDS = re.compile(
    r"2023年1－3月|2023年3月31日|[图表]\d|见附件\d|超过\d+天|处置线索\d+件以上|^（\d）|第.轮"
)


CHANGE = re.compile(
    rf"比去年同期(?:(?P<word>净增|净减)(?P<net>{NUMBER})\w*，(?:增幅|降幅)(?P<rate>{NUMBER})"
    rf"|(?P<way>上升|下降)(?P<points>{NUMBER})个百分点)|(?P<value>{NUMBER})"
)


def shown(value: float, unit: str) -> str:
    """A number as the rules of print want it, written here a second time on purpose."""
    exact = Decimal(repr(value * 100 if unit == "%" else value))
    if unit == "万元":
        return str(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))
    scaled = str(exact.quantize(Decimal("0.1"), ROUND_HALF_UP))
    return (scaled[:-2] if scaled.endswith(".0") else scaled) + ("%" if unit == "%" else "")


def shall_be(row: dict[str, Any]) -> str:
    if row["status"] != "value":
        return {"missing": "未报", "na": "不适用"}[row["status"]]
    if row["unit_of_measure"] == "%" and row["denominator"] < 5:
        return "—"
    return (
        row["text_value"] if row["value"] is None else shown(row["value"], row["unit_of_measure"])
    )


def disagreements(text: str, rows: Iterable[dict[str, Any]]) -> list[str]:
    """What a sentence prints that is not, in this order, in the rows of the release."""
    found = list(CHANGE.finditer(WORDS.sub("", text)))
    wrong: list[str] = []
    for row in rows:
        printed = shall_be(row)
        if not re.fullmatch(NUMBER, printed):
            wrong += [] if printed in text else [f"{printed} is not printed"]
            continue
        if not found:
            return [*wrong, f"{row['indicator']}: nothing printed for {printed}"]
        parts = [f"{row[c]:g}" for c in ("numerator", "denominator") if row[c] is not None]
        said = found.pop(0)["value"]
        if said not in (printed, *parts):
            wrong.append(f"{row['indicator']}: {said} instead of {printed}")
        if found and not found[0]["value"]:
            wrong += _wrong_change(found.pop(0), row)
    return wrong + [f"{m[0]} belongs to no figure" for m in found]


def _wrong_change(said: re.Match[str], row: dict[str, Any]) -> list[str]:
    change = row["change"]
    if said["points"]:
        right = (shown(abs(change), "%")[:-1], "上升" if change > 0 else "下降")
        return [] if (said["points"], said["way"]) == right else [f"{said[0]}, not {right}"]
    right3 = (
        shown(abs(change), row["unit_of_measure"]),
        shown(abs(row["change_rate"]), "%"),
        "净增" if change > 0 else "净减",
    )
    return [] if (said["net"], said["rate"], said["word"]) == right3 else [f"{said[0]}: {right3}"]


def marts_of(database: Path) -> dict[tuple[str, str, str], dict[str, Any]]:
    """`rpt_indicators` as it stands in the release, read without the bulletin's own reader."""
    with duckdb.connect(str(database), read_only=True) as con:
        records = [
            dict(zip([d[0] for d in cursor.description or []], row, strict=True))
            for cursor in (con.execute(sql, [PERIOD]) for sql in MARTS)
            for row in cursor.fetchall()
        ]
    return {(r["indicator"], r["unit_code"], r["slice"]): r for r in records}
