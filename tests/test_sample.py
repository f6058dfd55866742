"""The sample district: the same bytes for the same seed, and ledgers without a contract error."""

import csv
import hashlib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from expectations import registry
from expectations.contract import Contract, contracts
from expectations.finding import ERROR
from expectations.registry import Period, Unit
from expectations.suites import Sheet, validate
from orchestration.intake.reading.read import read
from orchestration.sample import write_sample
from orchestration.sample.district import campaigns
from orchestration.sample.ledgers import District, Ledgers, happens
from orchestration.settings import Home

FIRST, LAST = "2023-03", "2023-05"
UNITS_OWN = ("leads", "disposals", "cases", "punishments", "transfers", "recoveries")
UNITS_OWN += ("conduct_problems", "campaign_items", "rectifications")
BEFORE, MERGED = frozenset({"TWN05", "TWN06"}), "TWN19"


@pytest.fixture(scope="module")
def known() -> District:
    """The events of the sample district."""
    return happens(FIRST, LAST, 7)


def _periods() -> list[Period]:
    return [p for p in registry.calendar().values() if FIRST <= p.period <= LAST]


def _stated(known: District, form: str) -> Iterator[tuple[Unit, Period, list[dict[str, Any]]]]:
    """What every unit that owes the form states, period after period."""
    for period in _periods():
        ledgers = Ledgers(known, period)
        for unit in registry.units_on(period.ends_on).values():
            if unit.unit_type_code in contracts()[form].owed_by:
                yield unit, period, ledgers.rows(form, unit)


def _sheet(
    contract: Contract, index: int, unit: Unit, period: Period, rows: list[dict[str, Any]]
) -> Sheet:
    types = {"int64": pa.int64(), "float64": pa.float64(), "bool": pa.bool_()}
    types |= {"date32": pa.date32(), "string": pa.string()}
    fields = [(c.name, types[c.arrow_type]) for c in contract.columns]
    fields += [("row_no", pa.int64()), ("_marked", pa.string())]
    numbered = [{**row, "row_no": n, "_marked": ""} for n, row in enumerate(rows, 4)]
    return Sheet(
        index=index,
        unit_code=unit.unit_code,
        unit_type_code=unit.unit_type_code,
        period=period,
        sheet=contract.title,
        columns=dict.fromkeys(contract.names, "A"),
        table=pa.Table.from_pylist(numbered, schema=pa.schema(fields)),
    )


def _digests(home: Home) -> dict[str, str]:
    return {
        p.relative_to(home.root).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(home.root.rglob("*"))
        if p.is_file()
    }


def test_same_seed_gives_same_bytes(tmp_path: Path) -> None:
    homes = Home(tmp_path / "a"), Home(tmp_path / "b"), Home(tmp_path / "c")
    for home, seed in zip(homes, (7, 7, 8), strict=True):
        write_sample(home, "2023-04", "2023-04", seed)
    assert _digests(homes[0]) == _digests(homes[1])
    assert _digests(homes[0]) != _digests(homes[2])


def test_a_later_end_changes_nothing_before(tmp_path: Path) -> None:
    short, long = Home(tmp_path / "short"), Home(tmp_path / "long")
    write_sample(short, "2023-03", "2023-03")
    write_sample(long, "2023-03", "2023-04")
    earlier = {k: v for k, v in _digests(short).items() if k.startswith("inbox/")}
    assert earlier.items() <= _digests(long).items()


def test_every_unit_hands_in_once_and_few_are_late(tmp_path: Path) -> None:
    home = Home(tmp_path)
    paths = write_sample(home, FIRST, LAST)
    with (home.sample / "plan.csv").open(encoding="utf-8", newline="") as file:
        plan = list(csv.DictReader(file))
    assert [(home.sample / row["path"]).resolve() for row in plan] == [p.resolve() for p in paths]
    owed = sum(len(registry.units_on(p.ends_on)) for p in _periods())
    assert len(set(paths)) == owed
    late = 0
    for row in plan:
        period = registry.calendar()[Path(row["path"]).parent.name]
        arrives = datetime.fromisoformat(row["received_at"]).date()
        assert arrives > period.ends_on
        late += arrives > period.due_on
    assert 0 < late < owed / 10


@pytest.mark.parametrize("form", list(contracts()))
def test_no_row_breaks_a_contract_rule(known: District, form: str) -> None:
    contract = contracts()[form]
    sheets = [_sheet(contract, n, *one) for n, one in enumerate(_stated(known, form))]
    assert sum(s.table.num_rows for s in sheets)
    found = [f for findings in validate(contract, sheets).values() for f in findings]
    assert {f.rule for f in found if f.severity == ERROR} == set()
    assert len(found) < 0.2 * sum(s.table.num_rows for s in sheets)


def test_workbooks_read_back_as_stated(tmp_path: Path, known: District) -> None:
    home = Home(tmp_path)
    write_sample(home, "2023-04", "2023-04")
    period = registry.calendar()["2023-04"]
    for code in ("AJG01", "DIS01", "TWN12", "TWN19", "XCB01"):
        unit = registry.units_on(period.ends_on)[code]
        read_back = read(home.inbox / "2023-04" / f"{code}__2023-04.xlsx", period.due_on)
        findings = [*read_back.findings, *(f for s in read_back.forms for f in s.findings)]
        assert not findings
        assert read_back.unit_code == code
        for form in read_back.forms:
            rows = Ledgers(known, period).rows(form.form, unit)
            names = [n for n in contracts()[form.form].names if not n.startswith("ytd_")]
            stated = [{n: r.get(n) for n in names} for r in rows]
            assert form.table.select(names).to_pylist() == stated


def test_no_key_is_stated_by_two_units(known: District) -> None:
    for form in UNITS_OWN:
        held: dict[tuple[str, Any], str] = {}
        for unit, period, rows in _stated(known, form):
            for row in rows:
                key = (period.period, *(row[k] for k in contracts()[form].key))
                assert held.setdefault(key, unit.unit_code) == unit.unit_code


def test_keys_stay_listed_and_statistics_dates_fall_in_their_month(known: District) -> None:
    for form in (f for f, c in contracts().items() if c.kind == "ledger"):
        contract = contracts()[form]
        stats = [c.name for c in contract.columns if c.stat_of]
        by_period: dict[str, dict[tuple[Any, ...], dict[str, Any]]] = {}
        for _, period, rows in _stated(known, form):
            found = by_period.setdefault(period.period, {})
            found.update({tuple(r[k] for k in contract.key): r for r in rows})
        for earlier, later in zip(_periods(), _periods()[1:], strict=False):
            before, now = by_period[earlier.period], by_period[later.period]
            assert before.keys() <= now.keys()
            for key, row in now.items():
                for stat in stats:
                    old = before.get(key, {}).get(stat)
                    assert row[stat] == old or (not old and row[stat] >= later.starts_on)


def test_successor_takes_over_the_whole_ledgers(known: District) -> None:
    merged_on = date(2023, 4, 1)
    for form in (*UNITS_OWN, "petitions"):
        key = contracts()[form].key
        handed, taken = set(), set()
        for unit, period, rows in _stated(known, form):
            keys = {tuple(r[k] for k in key) for r in rows}
            if unit.unit_code in BEFORE:
                assert period.ends_on < merged_on
                handed |= keys
            if unit.unit_code == MERGED and period.period == "2023-04":
                taken |= keys
        assert handed <= taken


def test_references_are_known_and_in_order(known: District) -> None:
    leads = {d.lead_no: d for d in known.leads}
    cases = {(c.case_no, c.person.person_no): c for c in known.cases}
    filed = {(c.lead.lead_no, c.person.person_no) for c in known.cases}
    for lead in leads.values():
        for person, outcome in zip(lead.persons, lead.outcomes, strict=False):
            assert (outcome == "1") == ((lead.lead_no, person.person_no) in filed)
        approved = [s.approved_on for s in lead.steps]
        assert approved == sorted(approved)
        assert all(s.proposed_on >= lead.received_on for s in lead.steps)
        assert lead.original_lead_no is None or lead.original_lead_no in leads
    seen: set[tuple[str, str, str]] = set()
    for one in known.measures:
        if one.case:
            case = cases[one.case.case_no, one.person.person_no]
            assert case.tried_on and one.decided_on >= case.tried_on >= case.filed_on
            key = (case.case_no, one.person.person_no, one.kind)
            assert key not in seen
            seen.add(key)


def test_dispatched_units_tally_the_cases_they_filed(known: District) -> None:
    filed: dict[tuple[str, str], set[str]] = {}
    for unit, period, rows in _stated(known, "cases"):
        month = {r["case_no"] for r in rows if r["stat_on"] >= period.starts_on}
        filed[unit.unit_code, period.period] = month
    for unit, period, rows in _stated(known, "activities"):
        for row in rows:
            if row["item_code"] == "A0407":
                assert row["month_quantity"] == len(filed[unit.unit_code, period.period])


def test_what_the_leadership_complains_of_is_there(known: District) -> None:
    steps = [s for d in known.leads for s in d.steps if not d.is_staff]
    otherwise = [s for s in steps if s.filing and s.filing.method != s.method]
    assert 0.01 < len(otherwise) / len(steps) < 0.1
    missing = [d for d in known.leads if not d.steps and not d.is_duplicate]
    assert missing
    units = {c.lead.unit_code for c in known.cases}
    assert not units & {"DIS06", "TWN12", "TWN16", "STR02"}
    methods = {s.method for d in known.leads for s in d.steps if d.unit_code == "OFF04"}
    assert methods == {"2"}


def test_what_follows_a_case_agrees_with_it(known: District) -> None:
    cases = {(c.case_no, c.person.person_no): c for c in known.cases}
    crimes = {k for k, c in cases.items() if c.is_crime and not c.withdrawn_on}
    sent = {(t.case.case_no, t.case.person.person_no) for t in known.transfers}
    assert sent == crimes
    for transfer in known.transfers:
        assert transfer.transferred_on >= transfer.case.filed_on
    convicted = {m.punish_no for m in known.measures if m.after_conviction}
    judged = {
        (t.case.case_no, t.case.person.person_no): t.judged_on
        for t in known.transfers
        if t.judged_on
    }
    for one in known.measures:
        if one.punish_no in convicted and one.case:
            assert judged[one.case.case_no, one.person.person_no] <= one.decided_on
    for money in known.recoveries:
        filed = money.case.filed_on if money.case else money.lead.received_on
        assert money.recovered_on >= filed


def test_conduct_problems_agree_with_cases_and_measures(known: District) -> None:
    punished = {(m.case.case_no, m.person.person_no) for m in known.measures if m.case}
    told = {(c.case.case_no, c.person.person_no) for c in known.conducts if c.case}
    flagged = set()
    for _, _, rows in _stated(known, "cases"):
        flagged |= {(r["case_no"], r["person_no"]) for r in rows if r["is_conduct_violation"]}
    assert flagged & punished
    assert flagged & punished <= told
    talks = {(m.lead.lead_no, m.person.person_no): m.code for m in known.measures if not m.case}
    for one in known.conducts:
        assert one.is_punished == (one.case is not None)
        if not one.case:
            is_talk = talks[one.lead.lead_no, one.person.person_no].startswith("1")
            assert (one.is_educated, one.is_org_handled) == (is_talk, not is_talk)


def test_petitions_and_leads_name_each_other(known: District) -> None:
    petitions = {p.petition_no: p for p in known.petitions}
    assert len(petitions) == len(known.petitions)
    for lead in known.leads:
        if lead.petition_no:
            assert petitions[lead.petition_no].lead_no == lead.lead_no
            assert petitions[lead.petition_no].received_on <= lead.registered_on
    leads = {d.lead_no: d.petition_no for d in known.leads}
    for one in known.petitions:
        assert one.lead_no is None or leads[one.lead_no] == one.petition_no
        first = petitions.get(one.first_petition_no or "")
        assert (one.first_petition_no is None) or (first and first.received_on <= one.received_on)


def test_plans_start_with_the_year_and_campaigns_not_before_their_day(known: District) -> None:
    starts = {code: c.start for code, c in campaigns().items()}
    assert all(i.found_on >= starts[i.campaign] for i in known.items)
    for task in known.tasks:
        if task.campaign:
            assert task.assigned_on >= starts[task.campaign]
            assert task.kind != "21" or task.unit_code == campaigns()[task.campaign].lead
    january = registry.calendar()["2023-01"]
    office = registry.units_on(january.ends_on)["BGS01"]
    rows = Ledgers(known, january).rows("targets", office)
    named = {r["target_unit_code"] for r in rows if r["indicator_id"] == "case_filed_cnt"}
    ranked = {u.unit_code for u in registry.units_on(january.ends_on).values() if u.ranking_group}
    assert named == ranked
    catalogue = {r["indicator"] for r in registry.rows("indicators")}
    assert {r["indicator_id"] for r in rows} <= catalogue
