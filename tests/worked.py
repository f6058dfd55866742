"""The worked examples of the statistics rules as workbooks that units hand in (returns §7)."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.cli.main import dbtRunner
from handed_in import hand_in

from expectations.reconciliation import reconciliations
from expectations.registry import calendar, units_on
from orchestration.intake.decide import Decision
from orchestration.intake.landing.land import land
from orchestration.intake.receive import HandIn, receive
from orchestration.settings import DBT_PROJECT, Home

Row = dict[str, str | int]
Figure = Callable[..., Any]
Forms = Mapping[str, Sequence[Row]]

LEAD: Row = {"person_no": "RY00000201", "is_duplicate": "否", "is_staff": "否"}
LEAD |= {"political_status_code": "1", "is_supervisee": "否", "rank_code": "61"}
LEAD |= {"authority_code": "5", "field_code": "25", "source_code": "21"}
CASE: Row = {"origin_code": "1", "source_code": "21", "filing_kind_code": "1", "is_joint": "否"}
CASE |= {"is_organisation": "否", "political_status_code": "1", "is_supervisee": "否"}
CASE |= {"rank_code": "61", "is_top_leader": "否", "is_village_head": "否", "field_code": "25"}
CASE |= {"is_bribe_giver": "否", "discipline_code": "3", "is_duty_violation": "否"}
CASE |= {"is_duty_crime": "否", "is_conduct_violation": "否", "is_accountability": "否"}
CASE |= {"status_code": "10"}
MEASURE: Row = {"is_after_conviction": "否", "political_status_code": "1", "is_supervisee": "是"}
MEASURE |= {"is_village_head": "否", "is_retired": "否", "is_accountability": "否"}
MEASURE |= {"lead_no": "XS2023000031", "case_no": "LA2023000011"}


class Story:
    """What units hand in, in the order of receipt."""

    def __init__(self, home: Home, folder: Path) -> None:
        self.home, self.folder = home, folder
        self.handed_in: list[HandIn] = []

    def tell(
        self, unit: str, period: str, day: str, forms: Forms | None = None, reason: str = ""
    ) -> Path:
        """One workbook, received on that day; 零报告 for the forms that are not given."""
        place = self.folder / f"{len(self.handed_in):03}"
        name = "报表册.xlsx"
        path = hand_in(place, unit, period, forms=forms, reason=reason or None, name=name)
        self.handed_in.append(HandIn(path, datetime.fromisoformat(f"{day}T09:00")))
        return path

    def receive(self) -> list[Decision]:
        """Hand all of it in; the decisions in the order of receipt."""
        return list(receive(self.home, self.handed_in))

    def build(self, period: str, day: str, rules: Sequence[str] = ()) -> None:
        """Land what was received by the end of that day, count the figures, run the rules."""
        known = f"{day} 23:59:59"
        land(self.home, datetime.fromisoformat(known))
        chosen = ["+rpt_indicators", "fct_punishments", "fct_case_persons"]
        chosen += [f"+{reconciliations()[rule].model}" for rule in rules]
        if not self.home.warehouse.exists():
            self.home.warehouse.parent.mkdir(parents=True)
            self._dbt(period, known, "seed")
        self._dbt(period, known, "run", "--select", *chosen)

    def rerun(self, period: str, day: str, rules: Sequence[str]) -> dict[str, list[str]]:
        """Run rules on what has been counted already, as of another period: keys by rule."""
        models = [reconciliations()[rule].model for rule in rules]
        self._dbt(period, f"{day} 23:59:59", "run", "--select", *models)
        return self.failing(rules)

    def failing(self, rules: Sequence[str]) -> dict[str, list[str]]:
        """The keys at which each rule fails."""
        with duckdb.connect(str(self.home.warehouse), read_only=True) as con:
            models = {rule: reconciliations()[rule].model for rule in rules}
            found = {
                rule: con.execute(f"select key from reconciliations.{model}").fetchall()
                for rule, model in models.items()
            }
        return {rule: sorted(key for (key,) in keys) for rule, keys in found.items()}

    def _dbt(self, period: str, known: str, *words: str) -> None:
        where = ["--project-dir", str(DBT_PROJECT), "--profiles-dir", str(DBT_PROJECT), "--quiet"]
        where += ["--target-path", str(self.home.root / "target")]
        where += ["--log-path", str(self.home.root / "logs")]
        told = {"raw": str(self.home.raw), "period": period, "as_of": known}
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("JIJIAN_WAREHOUSE", str(self.home.warehouse))
            done = dbtRunner().invoke([*words, *where, "--vars", json.dumps(told)])
        DuckDBConnectionManager.close_all_connections()  # others open the file for themselves
        assert done.success


def figures(home: Home) -> Figure:
    """Look up a figure of the last build; a list of units is a text."""
    with duckdb.connect(str(home.warehouse), read_only=True) as con:
        rows = con.execute(
            "select indicator, period, unit_code, slice, value, text_value, value_last_year,"
            " status from marts.rpt_indicators"
        )
        names = [column[0] for column in rows.description]
        by_key = {row[:4]: dict(zip(names, row, strict=True)) for row in rows.fetchall()}

    def look_up(
        indicator: str, period: str, unit: str, part: str = "", column: str = "value"
    ) -> Any:
        return by_key[indicator, period, unit, part][column]

    return look_up


def tell_two_kinds_of_punishment(story: Story) -> None:
    """Example A: one case, two persons, two kinds of punishment."""
    official: Row = {"person_no": "RY00000101", "rank_code": "42"}
    official |= {"is_supervisee": "是", "supervisee_class_code": "1"}
    villager: Row = {"person_no": "RY00000102", "rank_code": "61"}
    villager |= {"is_supervisee": "是", "supervisee_class_code": "5"}
    lead = LEAD | {"lead_no": "XS2023000031", "received_on": "2023-01-09", "status_code": "60"}
    lead |= {"closed_on": "2023-02-10", "outcome_code": "1"}
    case = CASE | {"case_no": "LA2023000011", "lead_no": "XS2023000031"}
    case |= {"party_filed_on": "2023-02-10", "stat_on": "2023-02-10"}
    ledgers = {"leads": [lead | official, lead | villager]}
    step: Row = {"lead_no": "XS2023000031", "seq_no": 1, "method_code": "2", "has_analysis": "是"}
    step |= {"proposed_on": "2023-01-20", "approved_on": "2023-01-20"}
    step |= {"result_code": "21", "result_on": "2023-02-08"}
    ledgers |= {"cases": [case | official, case | villager], "disposals": [step]}
    party = MEASURE | official | {"punish_no": "CF2023000001", "kind_code": "1"}
    party |= {"party_punishment_code": "2", "form_code": "2", "decided_on": "2023-04-20"}
    government = MEASURE | official | {"punish_no": "CF2023000002", "kind_code": "2"}
    government |= {"gov_punishment_code": "2", "form_code": "2", "decided_on": "2023-05-12"}
    reminder = MEASURE | villager | {"punish_no": "CF2023000003", "kind_code": "3"}
    reminder |= {"org_handling_code": "111", "form_code": "1", "decided_on": "2023-05-15"}
    story.tell("TWN03", "2023-02", "2023-03-03", ledgers)
    story.tell("TWN03", "2023-03", "2023-04-04", ledgers)
    story.tell("TWN03", "2023-04", "2023-05-04", ledgers | {"punishments": [party]})
    measures = [party | {"announced_on": "2023-05-05"}, government, reminder]
    story.tell("TWN03", "2023-05", "2023-06-02", ledgers | {"punishments": measures})


def tell_an_overdue_lead(story: Story) -> None:
    """Example B: a lead filed as another method than was really taken, and overdue."""
    known: Row = {"lead_no": "XS2023000101", "source_code": "12"}
    lead = LEAD | known | {"received_on": "2023-01-31", "petition_no": "XF2023000007"}
    step: Row = {"lead_no": "XS2023000101", "seq_no": 1, "method_code": "2", "has_analysis": "否"}
    step |= {"proposed_on": "2023-03-06", "approved_on": "2023-03-08"}
    register = known | {"registered_on": "2023-01-30", "person_count": 1, "is_duplicate": "否"}
    register |= {"first_assigned_on": "2023-01-30", "handling_unit_code": "OFF06"}
    register |= {"signed_on": "2023-01-31", "status_code": "10"}
    filed: Row = {"lead_no": "XS2023000101", "seq_no": 1, "method_code": "1"}
    filed |= {"handling_unit_code": "OFF06", "approved_on": "2023-03-08"}
    filed |= {"filed_on": "2023-03-20"}
    waiting = {"leads": [lead | {"status_code": "10"}]}
    verified = {"leads": [lead | {"status_code": "30"}], "disposals": [step]}
    tracked = {"lead_register": [register | {"status_code": "20"}], "disposal_filings": [filed]}
    for period, day in {"2023-01": "2023-02-03", "2023-02": "2023-03-03"}.items():
        story.tell("OFF06", period, day, waiting)
        story.tell("AJG01", period, day, {"lead_register": [register]})
    for period, day in {"2023-03": "2023-04-04", "2023-07": "2023-08-04"}.items():
        story.tell("OFF06", period, day, verified)
        story.tell("AJG01", period, day, tracked)


def cases(year: int, numbers: Sequence[int], month: int, **values: str | int) -> list[Row]:
    """Cases of one person each, filed on the sixth of that month."""
    day = f"{year}-{month:02}-06"
    return [
        CASE
        | {"case_no": f"LA{year}{n:06}", "person_no": f"RY{year}{n:04}", "stat_on": day}
        | {"lead_no": f"XS{year}{n:06}", "party_filed_on": day}
        | values
        for n in numbers
    ]


CLOSED: Row = {"status_code": "50", "closed_on": "2022-06-30"}
TAKEN_OVER = cases(2023, (501, 502, 503), 2)
REASON = "案件重复登记"


def others_of_the_group(period: str) -> list[str]:
    """Towns and streets valid at the end of that month but for those that merge."""
    listed = units_on(calendar()[period].ends_on).values()
    towns = [u.unit_code for u in listed if u.ranking_group == "town"]
    return [code for code in towns if code not in ("TWN05", "TWN06", "TWN19")]


def tell_a_merger(story: Story) -> None:
    """Example C: TWN05 and TWN06 become TWN19, which forgets one case in its first month."""
    story.tell("TWN05", "2022-07", "2022-08-04", {"cases": cases(2022, (501, 502), 3, **CLOSED)})
    story.tell("TWN06", "2022-07", "2022-08-04", {"cases": cases(2022, (601,), 3, **CLOSED)})
    story.tell("TWN05", "2023-03", "2023-04-04", {"cases": TAKEN_OVER})
    story.tell("TWN06", "2023-03", "2023-04-04")
    for place, unit in enumerate(others_of_the_group("2023-03")):
        first = cases(2023, range(1000 + 10 * place, 1002 + 10 * place), 2)
        later = cases(2023, range(1002 + 10 * place, 1004 + 10 * place), 5)
        story.tell(unit, "2023-03", "2023-04-04", {"cases": first})
        story.tell(unit, "2023-07", "2023-08-04", {"cases": first + later})
    corrected = {"cases": TAKEN_OVER[:2]}
    story.tell("TWN05", "2023-03", "2023-04-19", corrected)  # refused: no reason is given
    story.tell("TWN05", "2023-03", "2023-04-20", corrected, REASON)
    after_the_merger(story.tell("TWN05", "2023-03", "2023-05-04"))
    story.tell("TWN19", "2023-04", "2023-05-04", {"cases": [TAKEN_OVER[0], TAKEN_OVER[2]]})
    story.tell("TWN19", "2023-07", "2023-08-04", {"cases": TAKEN_OVER + cases(2023, (504,), 5)})


def after_the_merger(path: Path) -> None:
    """Make the workbook one of the month in which its unit is no more."""
    book = openpyxl.load_workbook(path)
    for sheet in (book["封面"], book["_meta"]):
        for row in sheet.iter_rows(max_col=2):
            if row[0].value in ("报告期", "period"):
                row[1].value = "2023-04"
    book.save(path)
