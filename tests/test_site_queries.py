"""What the data site shows, on a small marts database: names, marks, counts, and pages' columns."""

import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from orchestration.settings import DBT_PROJECT, REPORTS
from orchestration.site.build import lay_about
from orchestration.site.sources import queries_on_pages, standalone

QUERIES = queries_on_pages(REPORTS, "internal")
PAGES = sorted(REPORTS.glob("pages/**/*.md"))
PERIODS = ["2022-06", "2023-05", "2023-06"]
INDICATORS = (
    "create table marts.rpt_indicators (indicator text, period text, unit_code text, slice text,"
    " value double, text_value text, numerator double, denominator double,"
    " value_last_year double, change double, change_rate double, status text,"
    " unit_missing_count integer)"
)
FINDINGS = (
    "create table marts.rpt_findings (rule text, severity text, period text, form text,"
    " unit_code text, key text, message text, is_waived boolean, effect_way text,"
    " effect_size double, effect struct(unit_code text, indicator text, slice text,"
    " value double, value_mended double)[], first_period text, answer text)"
)
MOVED = (
    "[{unit_code: 'QX00', indicator: 'disposal_ontime_rate', slice: '', value: 0.75,"
    " value_mended: 0.7625}]"
)
FINDING_COUNTS = (
    "create table marts.rpt_finding_counts (period text, rule text, unit_code text,"
    " hit_cnt integer, open_cnt integer, resolved_cnt integer)"
)
RETURNS = (
    "create table marts.rpt_returns (period text, form text, unit_code text, status text,"
    " is_nil boolean, version integer, received_at timestamp, row_count integer,"
    " late_day_count integer)"
)
# What published tables split: shape and one row each, as the models make them.
PUBLISHED = {
    "rpt_breakdowns": "select 'punished_person_cnt' as indicator, '2023-06' as period, '4' as part,"
    " 'value' as status, 3.0 as value, 12.0 as whole, 0.25 as share",
    "rpt_conduct_levels": "select '2023-06' as period, 'QX00' as unit_code, 'X' as type_code,"
    " '' as level_code, 3 as problem_count, 4 as person_count, 2 as punished_count,"
    " 4 as whole_problem_count, 0.75 as problem_share",
    "rpt_compositions": "select 'petition_channel' as subject, '2023-06' as period, '1' as part,"
    " '来信' as part_name, 'petition_cnt' as indicator, '' as slice, 'value' as status,"
    " 5.0 as value, 4.0 as value_last_year, 10.0 as whole, 0.5 as share, 1 as sort",
    "rpt_parts": "select 'lead_disposed_cnt' as indicator, '2023-06' as period,"
    " 'QX00' as unit_code, 'disposal_method' as list, '2' as code, 'value' as status, 3.0 as value",
    "rpt_figure_rows": "select '2023-06' as period, 'petition_cnt' as indicator,"
    " 'QX00' as unit_code, '' as slice, 'petitions' as form, 'XFS01' as source_unit_code,"
    " 12 as row_count",
    "fct_targets": "select 'lead_overdue_open_rate' as indicator_id, 'QX00' as target_unit_code,"
    " 0.1 as target_value, '2' as direction_code, '2023-01' as period",
    "rpt_completeness": "select '2023-06' as period, 'leads' as form, 28 as reported_unit_count,"
    " 31 as owed_unit_count, 500 as volume_last_year, 471 as volume_reported,"
    " 0.942::double as volume_share",
    "rpt_corrections": "select '2023-06' as period, 'TWN03' as unit_code, 'leads' as form,"
    " 2 as version, timestamp '2023-07-20 10:00:00' as received_at, true as is_after_close,"
    " '=漏报后补报' as reason, 1 as added_row_count, 0 as gone_row_count,"
    " 2 as changed_row_count, 3 as changed_cell_count",
    "rpt_correction_moves": "select '2023-06' as period, 'TWN03' as unit_code,"
    " timestamp '2023-07-20 10:00:00' as received_at, 'QX00' as figure_unit_code,"
    " 'disposal_ontime_rate' as indicator, '' as slice,"
    " 0.75::double as value_before, 0.7625::double as value",
    "rpt_identities": "select '2023-06' as period, 'I01' as identity, 1 as place, '之和' as name,"
    " '3＋9' as terms, 12.0 as left_value, '=' as relation, 12.0 as right_value, true as is_held",
}


# Figures that have only parts, or one for a group of units.
PARTS = (
    ("campaign_lead_cnt", "QX00", "RUR"),
    ("livelihood_campaign_output_cnt", "OFF01", "LIV01:leads"),
    ("insp_rectify_rate", "QX00", "2"),
    ("case_filed_cnt", "town", ""),
    ("annual_target_value", "QX00", "lead_overdue_open_rate"),
    ("behind_schedule_flag", "QX00", "lead_overdue_open_rate"),
)


def named(query: str) -> set[str]:
    return set(re.findall(r"'([a-z_]+_(?:cnt|rate|share|type|list))'", query))


def figures() -> Iterator[tuple[object, ...]]:
    """Ten or more of everything; TWN03 has not reported, STR01 has nothing, DIS01 few."""
    text = "".join(standalone(REPORTS / "queries", name) for name in QUERIES)
    for period in PERIODS:
        for number, name in enumerate(sorted(named(text))):
            is_rate = name.endswith(("_rate", "_share"))
            for unit in ("QX00", "OFF01", "DIS01", "TWN03", "STR01"):
                value = 0.583 if is_rate else 0.0 if unit == "STR01" else 10.0 + number
                below = (2.0 if unit == "DIS01" else 20.0) if is_rate else None
                missing = int(unit == "TWN03")
                yield name, period, unit, "", value, below, 8.0, value - 8.0, "value", missing
        for rank in ("41", "50"):
            yield (
                "punished_person_cnt",
                period,
                "QX00",
                f"rank:{rank}",
                3.0,
                *[None] * 3,
                "value",
                0,
            )
        for name, unit, part in PARTS:
            yield name, period, unit, part, 4.0, 8.0, None, None, "value", 0
        yield "town_case_max_cnt", period, "town", "", 9.0, *[None] * 3, "value", 0
        yield "lead_open_cnt", period, "TWN04", "", None, *[None] * 3, "missing", 1
        yield "disposal_ontime_rate", period, "TWN04", "", None, 0.0, None, None, "na", 0


@pytest.fixture(scope="module")
def marts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("release") / "jijian.duckdb"
    seeds = DBT_PROJECT / "seeds"
    dates = "types = {'valid_from': 'date', 'valid_to': 'date'}"
    with duckdb.connect(str(path)) as con:
        con.execute("create schema marts")
        con.execute(f"create table marts.dim_unit as from read_csv('{seeds}/units.csv', {dates})")
        con.execute(f"create table marts.dim_period as from read_csv('{seeds}/calendar.csv')")
        con.execute(f"create table marts.dim_indicator as from read_csv('{seeds}/indicators.csv')")
        con.execute(
            "create table marts.dim_code as select * replace"
            " (valid_from::date as valid_from, valid_to::date as valid_to)"
            f" from read_csv('{seeds}/code_lists.csv', all_varchar = true)"
        )
        con.execute(
            "create table marts.dim_parameter as select name, value, since as valid_from,"
            f" null::date as valid_to from read_csv('{seeds}/parameters.csv')"
        )
        for table in (INDICATORS, FINDINGS, FINDING_COUNTS, RETURNS):
            con.execute(table)
        for name, row in PUBLISHED.items():
            con.execute(f"create table marts.{name} as {row}")
        con.executemany(
            "insert into marts.rpt_indicators select $1, $2, $3, $4, $5, null, null, $6, $7, $8,"
            " $8 / $7, $9, $10",
            list(figures()),
        )
        for rule in ("R05", "LD08", "LD03"):
            con.execute(
                "insert into marts.rpt_findings values"
                " ($1, 'warning', '2023-06', 'leads', 'TWN03', 'XS2023000101', 'm', false,"
                f" if($1 = 'R05', 'taken', 'none'), if($1 = 'R05', 0.5, null), {MOVED}, '2023-05',"
                " if($1 = 'R05', null, '待核实'))",
                [rule],
            )
        con.executemany(
            "insert into marts.rpt_finding_counts values (?, ?, 'TWN03', ?, ?, ?)",
            [
                ("2023-05", "R05", 3, 3, 0),
                ("2023-06", "R05", 2, 1, 1),
                ("2023-06", "LD10", 4, 4, 0),
                ("2023-06", "LD03", 1, 1, 2),
                ("2023-06", "P23", 1, 1, 0),
            ],
        )
        con.executemany(
            "insert into marts.rpt_returns values ('2023-06', ?, 'TWN03', ?, ?, ?, ?, ?, ?)",
            [
                ("leads", "按时", True, 1, "2023-07-04 09:00:00", 0, 0),
                ("cases", "未报", None, None, None, None, None),
            ],
        )
        lay_about(con, "2023-06_x", "2023-07-10 12:00:00", True)
        con.execute("insert into about.claims values ('2023-06', 1, 'x', '立案2件。', 'x@QX00')")
    return path


def run(marts: Path, name: str) -> list[dict[str, object]]:
    with duckdb.connect(str(marts), read_only=True) as con:
        found = con.execute(standalone(REPORTS / "queries", name))
        columns = [c[0] for c in found.description]
        return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]


def shown(marts: Path, unit: str, column: str) -> object:
    rows = run(marts, "unit_leads")
    (row,) = (r for r in rows if r["unit_code"] == unit and r["period"] == "2023-06")
    cell = row[column]
    return cell.strip() if isinstance(cell, str) else cell


@pytest.mark.parametrize("name", QUERIES)
def test_every_query_runs_on_the_marts_and_finds_rows(marts: Path, name: str) -> None:
    assert run(marts, name)


@pytest.mark.parametrize("name", QUERIES)
def test_every_indicator_in_a_query_is_in_the_catalogue(name: str) -> None:
    catalogue = (DBT_PROJECT / "seeds" / "indicators.csv").read_text(encoding="utf-8")
    known = {line.split(",")[1] for line in catalogue.splitlines()}
    assert named((REPORTS / "queries" / f"{name}.sql").read_text(encoding="utf-8")) <= known


def test_zero_missing_not_applicable_and_too_few_are_four_marks(marts: Path) -> None:
    assert shown(marts, "STR01", "lead_open_cnt") == "0"
    assert shown(marts, "TWN04", "lead_open_cnt") == "未报"
    assert shown(marts, "TWN04", "disposal_ontime_rate") == "不适用"
    assert shown(marts, "DIS01", "disposal_ontime_rate") == "—"
    assert shown(marts, "OFF01", "disposal_ontime_rate") == "58.3%"


def test_what_a_unit_without_return_carries_forward_is_marked(marts: Path) -> None:
    assert str(shown(marts, "TWN03", "lead_open_cnt")).endswith("*")
    assert shown(marts, "TWN03", "reported_text") == "未报"


def test_cells_sort_as_numbers_do(marts: Path) -> None:
    cells = {str(r["lead_open_cnt"]) for r in run(marts, "unit_leads") if r["period"] == "2023-06"}
    ordered = [cell.strip() for cell in sorted(cells)]
    assert len(ordered) == 4
    assert (ordered[0], ordered[-1]) == ("0", "未报")


def test_a_change_bears_its_sign_and_a_rate_changes_in_points(marts: Path) -> None:
    rows = {r["indicator"]: r for r in run(marts, "overview") if r["period"] == "2023-06"}
    count, rate = rows["case_filed_cnt"], rows["disposal_ontime_rate"]
    assert count["change_text"] == f"+{int(count['value']) - 8}"
    assert rate["change_text"] == "-741.7个百分点"
    assert (rate["text"], rate["title"]) == ("58.3%", "按期提出率")
    assert count["title"] == "立案（件）"


def test_a_unit_bears_the_name_it_had_in_the_period(marts: Path) -> None:
    names = {
        (r["period"], r["short_name"])
        for r in run(marts, "unit_leads")
        if r["unit_code"] == "DIS01"
    }
    assert names == {
        ("2022-06", "驻区教育局"),
        ("2023-05", "驻区教育和体育局"),
        ("2023-06", "驻区教育和体育局"),
    }


def test_a_provisional_release_is_told_with_its_cut_off_date(marts: Path) -> None:
    (row,) = run(marts, "standing")
    assert (row["standing_text"], row["ends_on_text"]) == ("初步数", "2023年6月30日")
    assert row["as_of_text"] == "2023年7月10日12:00"


def test_of_a_rule_on_persons_only_the_count_is_on_the_site(marts: Path) -> None:
    rows = run(marts, "findings")
    assert {(r["rule"], r["meaning"], r["short_name"]) for r in rows} == {
        ("R05", "处置的报备与实际处置不一致", "柳涵"),
        ("LD08", "转出线索应填转往单位", "柳涵"),
        ("涉人员信息规则", "（不列内容）", "（不列单位）"),
    }
    assert "XS2023" not in str(rows)


def test_the_answer_of_a_unit_stands_beside_its_finding_and_in_the_passport(marts: Path) -> None:
    told = {r["rule"]: r["answer_text"] for r in run(marts, "findings")}
    assert (told["R05"], told["LD08"]) == ("—", "待核实")
    listed = {r["rule"]: r["answer_text"] for r in run(marts, "unit_findings")}
    assert (listed["R05"], listed["LD08"]) == ("—", "待核实")
    rules = {
        (r["unit_code"], r["rule"]): r["answer_text"]
        for r in run(marts, "passport_rules")
        if r["indicator"] == "disposal_ontime_rate"
    }
    assert rules["QX00", "R05"] == "—"
    assert rules["QX00", "LD08"] == rules["TWN03", "LD08"] == "待核实"


def test_findings_stand_in_the_order_of_what_they_move(marts: Path) -> None:
    most, *others = run(marts, "findings")
    assert (most["rule"], most["effect_size"]) == ("R05", 0.5)
    assert most["effect_text"] == "按期提出率 75→76.3%"
    assert {row["effect_text"] for row in others} == {"不能估算"}


def test_published_parts_bear_public_names_and_a_share_of_too_few_is_a_dash(marts: Path) -> None:
    (part,) = run(marts, "breakdowns")
    assert (part["part_name"], part["text"], part["share_text"]) == ("乡科级", "3", "25%")
    whole, *_ = run(marts, "conduct_levels")
    assert (whole["type_name"], whole["all_text"], whole["share_text"]) == (
        "形式主义官僚主义",
        "3",
        "—",
    )
    (identity,) = run(marts, "identities")
    assert (identity["text"], identity["held_text"]) == ("3＋9=12，应为12", "成立")


def test_each_month_counts_what_a_rule_hit_and_rules_on_persons_together(marts: Path) -> None:
    rows = [
        (r["period"], r["rule"], r["short_name"], r["hit_cnt"], r["open_cnt"], r["resolved_cnt"])
        for r in run(marts, "finding_counts")
    ]
    assert rows == [
        ("2023-06", "R05", "柳涵", 2, 1, 1),
        ("2023-06", "涉人员信息规则", "（不列单位）", 6, 6, 2),
        ("2023-05", "R05", "柳涵", 3, 3, 0),
    ]


def test_a_rule_that_was_never_hit_has_a_zero(marts: Path) -> None:
    rows = {
        r["rule"]: (r["hit_cnt"], r["open_cnt"], r["unit_cnt"]) for r in run(marts, "rule_hits")
    }
    assert rows["R05"] == (2, 1, 1)
    assert rows["R59"] == (0, 0, 0)
    assert rows["涉人员信息规则"] == (6, 6, 1)
    assert not {"LD10", "P23"} & rows.keys()


def test_a_form_not_handed_in_has_dashes_where_others_have_numbers(marts: Path) -> None:
    rows = {r["form_name"]: r for r in run(marts, "returns")}
    assert rows["立案台账"]["status"] == "未报"
    assert (rows["立案台账"]["row_count_text"], rows["立案台账"]["nil_text"]) == ("—", "—")
    assert (rows["问题线索台账"]["row_count_text"], rows["问题线索台账"]["nil_text"]) == ("0", "是")


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(REPORTS)))
def test_pages_read_only_queries_that_exist_and_columns_they_select(
    marts: Path, page: Path
) -> None:
    blocks = re.findall(r"```sql (\w+)\n(.*?)```", page.read_text(encoding="utf-8"), re.S)
    assert blocks
    with duckdb.connect() as con:
        con.execute(f"attach '{marts}' as release (read_only)")
        con.execute("create schema site; use release")
        for name in QUERIES:
            query = standalone(REPORTS / "queries", name)
            con.execute(f"create table memory.site.{name} as ({query})")
        con.execute("use memory")
        for name, text in blocks:
            filled = text.replace("${inputs.period.value}", "2023-06")
            con.execute(filled.replace("${params.unit}", "TWN03"))
            columns = {c[0] for c in con.description or []}
            assert used_columns(page, name) <= columns, name


def used_columns(page: Path, name: str) -> set[str]:
    """Columns that the page's components read from one of its queries."""
    text = page.read_text(encoding="utf-8")
    found = set(re.findall(rf"\b{name}\[0\]\?\.(\w+)", text))
    for tag in re.findall(rf"<\w+ data=\{{{name}\}}[^>]*>", text):
        found |= set(re.findall(r"\b(?:x|y|value|label|series|link)=(\w+)", tag))
    for table in re.findall(rf"<DataTable data=\{{{name}\}}.*?</DataTable>", text, re.S):
        found |= set(re.findall(r"<Column id=(\w+)", table))
    for alias, body in re.findall(rf"\{{#each {name} as (\w+)\}}(.*?)\{{/each\}}", text, re.S):
        found |= set(re.findall(rf"\b{alias}\.(\w+)", body))
        found |= set(re.findall(r"\b(?:value|comparison)=(\w+)", body))
    return found


def test_totals_are_printed_with_units_and_the_share_of_last_year(marts: Path) -> None:
    (row,) = run(marts, "completeness")
    assert (row["units_text"], row["volume_text"]) == ("28 / 31", "94.2%")


def test_a_revision_record_says_what_changed_and_which_figure_moved(marts: Path) -> None:
    (record,) = run(marts, "corrections")
    assert (record["close_text"], record["change_text"]) == ("关账后", "增1行，改2行（3格）")
    assert record["reason_text"] == "'=漏报后补报"  # no formula in a table that is downloaded
    (move,) = run(marts, "correction_moves")
    assert (move["scope_text"], move["before_text"], move["now_text"]) == ("全区", "75%", "76.3%")
