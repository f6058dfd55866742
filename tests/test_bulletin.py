"""The bulletin prints the figures of the release, number by number."""

import re
import zipfile
from pathlib import Path
from typing import Any

import duckdb
import pytest
from bulletin_made import (
    PERIOD,
    annex,
    edited,
    made,
    paragraphs,
    text_of,
    with_last_year,
)
from bulletin_read import CHANGE, WORDS, disagreements, marts_of

from orchestration.site.sources import standalone
from reports.bulletin.content import Bulletin
from reports.bulletin.figures import (
    QUERIES,
    UnsupportedError,
    figures_of,
    number,
)
from reports.bulletin.word import write_docx

UNITS = "各单位主要指标一览表"


@pytest.fixture(scope="module")
def database(released_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_last_year(released_home, tmp_path_factory.mktemp("bulletin"))


@pytest.fixture(scope="module")
def content(database: Path) -> Bulletin:
    return made(database)


@pytest.fixture(scope="module")
def marts(database: Path) -> dict[tuple[str, str, str], dict[str, Any]]:
    return marts_of(database)


def test_the_check_of_the_numbers_finds_a_wrong_one(
    content: Bulletin, marts: dict[tuple[str, str, str], dict[str, Any]]
) -> None:
    said = next(p for p in paragraphs(content) if p.figures)
    rows = [marts[f.indicator, f.unit_code, f.slice] for f in said.figures]
    for found in CHANGE.finditer(WORDS.sub("", said.text)):
        wrong = said.text.replace(
            found[0], found[0].replace(found["value"] or found["net"], "98765")
        )
        assert disagreements(wrong, rows)


def test_the_site_prints_every_figure_as_the_bulletin_does(database: Path) -> None:
    figures = figures_of(database, PERIOD)
    assert figures is not None
    with duckdb.connect(str(database), read_only=True) as con:
        rows = con.execute(
            "select indicator, unit_code, slice, text, change_rate_text"
            f" from ({standalone(QUERIES, 'printed')}) where period = ?",
            [PERIOD],
        ).fetchall()
    composed = {r["subject"] for r in figures.lists["part_names"]}
    own = [key for key in figures.rows if key[2].split(":")[0] not in composed]
    assert len(rows) == len(own) > 1000
    for *key, text, rate in rows:
        figure = figures.rows[tuple(key)]
        assert figure.text == text
        if figure.change_rate and figure.is_number:
            assert number(figure.change_rate, "%") == rate.removeprefix("+")


def test_the_units_of_the_day_stand_in_the_table_with_the_district_first(
    content: Bulletin, database: Path
) -> None:
    names = [str(row[0]) for row in annex(content, UNITS).rows]
    with duckdb.connect(str(database), read_only=True) as con:
        units = con.execute(
            "select u.short_name from marts.dim_unit as u where u.is_case_handling"
            " and date '2023-03-31' between valid_from and coalesce(valid_to, '9999-12-31')"
            " order by sort"
        ).fetchall()
    assert names[0] == "全区"
    assert [name.removeprefix("驻") for name in names[1:]] == [u[0] for u in units]


def test_a_sentence_changes_with_its_figure(
    content: Bulletin, database: Path, tmp_path: Path
) -> None:
    changed = edited(
        database,
        tmp_path / "jijian.duckdb",
        "update marts.rpt_indicators set value = 4321 where unit_code = 'QX00'"
        " and indicator = 'two_resp_accountability_cnt'",
    )
    assert "被问责4321人" in text_of(made(changed))
    assert "4321" not in text_of(content)


def test_a_problem_that_the_figures_do_not_show_is_not_stated(
    content: Bulletin, database: Path, tmp_path: Path
) -> None:
    def headings(bulletin: Bulletin) -> list[str]:
        return [s.heading for s in bulletin.sections]

    changed = edited(
        database,
        tmp_path / "jijian.duckdb",
        "update marts.rpt_indicators set value = 0 where indicator = 'disposal_overdue_cnt'",
    )
    assert "（一）提出处置意见不及时" in headings(content)
    assert not [h for h in headings(made(changed)) if h.endswith("提出处置意见不及时")]


def test_units_that_have_not_reported_are_named_and_not_among_the_zeros(
    database: Path, tmp_path: Path
) -> None:
    with duckdb.connect(str(database), read_only=True) as con:
        zero, busy = (
            con.execute(
                "select f.unit_code, u.short_name from marts.rpt_indicators as f"
                " join marts.dim_unit as u on f.unit_code = u.unit_code and valid_to is null"
                f" where period = '{PERIOD}' and indicator = 'unit_case_filed_cnt'"
                f" and u.ranking_group = 'town' and value {sign} 0 order by u.sort limit 1"
            ).fetchall()[0]
            for sign in ("=", ">")
        )
    changed = edited(
        database,
        tmp_path / "jijian.duckdb",
        "update marts.rpt_indicators set unit_missing_count = 1 where unit_code in"
        f" ('{zero[0]}', '{busy[0]}') and indicator in ('unit_case_filed_cnt', 'case_filed_cnt')",
        "update marts.rpt_indicators set value = value - 1"
        " where indicator = 'zero_case_unit_cnt' and unit_code = 'QX00'",
        "update marts.rpt_returns set status = '未报', version = null where form = 'cases'"
        f" and period = '{PERIOD}' and unit_code in ('{zero[0]}', '{busy[0]}')",
    )
    content = made(changed)
    text = text_of(content)
    names = sorted((zero, busy), key=lambda u: u[0])
    assert f"注：{'、'.join(n for _, n in names)}本期未报有关报表" in text
    assert f"{zero[1]}未报且无立案数据，不计为零立案" in text
    zeros = re.search(r"零立案单位\d+个，即(.*?)；", text)
    assert zeros is not None and zero[1] not in zeros[1].split("、")
    assert f"{zero[1]}未报立案台账" in text and "未报2份" in text
    rows = {
        str(r[0]): [c if isinstance(c, str) else c.cell for c in r]
        for r in annex(content, UNITS).rows
    }
    assert "未报" in rows[zero[1]] and any(c.endswith("*") for c in rows[busy[1]])
    assert annex(content, UNITS).note


def test_a_list_that_does_not_agree_with_its_count_stops_the_bulletin(
    database: Path, tmp_path: Path
) -> None:
    changed = edited(
        database,
        tmp_path / "jijian.duckdb",
        "update marts.rpt_indicators set value = value + 1"
        " where indicator = 'zero_case_unit_cnt' and unit_code = 'QX00'",
    )
    with pytest.raises(UnsupportedError, match="零立案单位"):
        made(changed)


def test_a_sentence_without_its_figure_stops_the_bulletin(database: Path, tmp_path: Path) -> None:
    changed = edited(
        database,
        tmp_path / "jijian.duckdb",
        "delete from marts.rpt_indicators where indicator = 'self_case_share'",
    )
    with pytest.raises(UnsupportedError, match="self_case_share"):
        made(changed)


def test_a_provisional_release_is_marked_and_lists_its_open_errors(
    content: Bulletin, database: Path, tmp_path: Path
) -> None:
    with duckdb.connect(str(database), read_only=True) as con:
        columns = [c[0] for c in con.execute("describe marts.rpt_findings").fetchall()]
    row = {
        "rule": "R39", "severity": "error", "period": PERIOD, "form": "leads",
        "unit_code": "TWN03", "key": "XS2023000101", "is_waived": False,
        "message": "XS2023000101 尚未办结，上次列报后本期台账未列（2023-02）",
    }  # fmt: skip
    named = [c for c in columns if c in row]
    values = ", ".join(f"'{row[c]}'" if c != "is_waived" else "false" for c in named)
    changed = edited(
        database,
        tmp_path / "jijian.duckdb",
        f"insert into marts.rpt_findings ({', '.join(named)}) values ({values})",
    )
    provisional = made(changed, is_provisional=True)
    assert provisional.cut_off == "（数据截止日期：2023年3月31日　初步数）"
    errors = annex(provisional, "未解决的错误一览表")
    assert ("R39", "柳涵", "尚未办结，上次列报后本期台账未列", "1") in errors.rows
    assert "初步数" not in content.cut_off
    assert "未解决的错误一览表" not in [s.title for s in content.sections]
    written = write_docx(provisional, {}, tmp_path / "bulletin.docx")
    assert "XS2023000101" not in zipfile.ZipFile(written).read("word/document.xml").decode()


def test_a_rate_of_a_small_denominator_is_not_printed(database: Path, tmp_path: Path) -> None:
    changed = edited(
        database,
        tmp_path / "jijian.duckdb",
        "update marts.rpt_indicators set denominator = 4 where indicator = 'disposal_ontime_rate'",
        "update marts.rpt_indicators set value = null, status = 'na', denominator = 0,"
        " change = null where indicator = 'self_case_share'",
    )
    text = text_of(made(changed))
    assert "按期提出率为—。" in text
    assert "占立案总数的" not in text
