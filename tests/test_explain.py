"""Figures recomputed from the cells that `explain` lists, and what else it says of a figure."""

import calendar
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache
from pathlib import Path
from statistics import mean, median
from typing import Any

import duckdb
import openpyxl
import pytest
from as_printed import as_printed

from expectations.contract import contracts
from orchestration.lineage.behind import rows_behind
from orchestration.lineage.trace import LineageError, traced
from orchestration.settings import LOCAL, REPORTS, Home
from orchestration.site.sources import standalone
from reports.bulletin.content import Source
from reports.bulletin.figures import figures_of
from reports.bulletin.products import tables_workbook
from reports.bulletin.speech_lines import number_id
from reports.bulletin.wording import span
from reports.bulletin.workbook import HEADER_ROW

JIJIAN = str(Path(sys.executable).with_name("jijian"))
PERIODS = ("2023-02", "2023-03")
MOST_OF_A_UNIT = 6  # figures of units, of one indicator and period, that are recomputed
Cells = dict[str, Any]
# An indicator and slice, the forms it is recounted from, and the count by its own definition. No
# count looks at what tells whether a row belongs: a row too many or too few makes it wrong.
Count = Callable[[list[Cells], date], float]


def kept(label: str, value: str) -> Callable[[list[Cells]], list[Cells]]:
    return lambda rows: [r for r in rows if r[label] == value]


def different(label: str) -> Count:
    return lambda rows, _: len({r[label] for r in rows})


def shared(label: str, value: str, key: str) -> Count:
    def share(rows: list[Cells], _: date) -> float:
        own = kept(label, value)(rows)
        return len({r[key] for r in own}) / len({r[key] for r in rows})

    return share


def day(value: datetime) -> date:
    return value.date()


def by_lead(rows: list[Cells]) -> list[Cells]:
    return list({r["线索编码"]: r for r in rows}.values())


def items(*names: str) -> Callable[[list[Cells]], float]:
    return lambda rows: sum(r["本月数"] for r in rows if r["统计项目"] in names)


def opinions_refused(rows: list[Cells], _: date) -> float:
    return items("暂缓意见", "否定性意见")(rows) / items("回复党风廉政意见")(rows)


COUNTS: dict[tuple[str, str], tuple[str, Count]] = {
    ("case_filed_cnt", ""): ("cases", different("案件编码")),
    ("case_filed_person_cnt", ""): ("cases", lambda rows, _: len(rows)),
    ("self_case_share", ""): ("cases", shared("案件属性", "自办", "案件编码")),
    ("lead_accepted_cnt", ""): ("leads", different("线索编码")),
    ("lead_open_cnt", ""): ("leads", different("线索编码")),
    ("lead_hold_days", "median"): (
        "leads",
        lambda rows, on: median((on - day(r["收到日期"])).days for r in by_lead(rows)),
    ),
    ("lead_hold_days", "max"): (
        "leads",
        lambda rows, on: max((on - day(r["收到日期"])).days for r in rows),
    ),
    ("lead_cycle_days", "mean"): (
        "leads",
        lambda rows, _: mean((r["办结日期"] - r["收到日期"]).days for r in by_lead(rows)),
    ),
    ("lead_disposed_cnt", ""): ("disposals", different("线索编码")),
    ("verification_share", ""): ("disposals", shared("处置方式", "初步核实", "线索编码")),
    ("punished_person_cnt", ""): ("punishments", different("人员编码")),
    ("recovered_amount_wan", ""): ("recoveries", lambda rows, _: sum(r["金额"] for r in rows)),
    ("eight_rules_problem_cnt", ""): ("conduct_problems", different("问题编号")),
    ("petition_cnt", ""): ("petitions", different("信访编号")),
    ("petition_cnt", "class1"): ("petitions", different("信访编号")),
    ("integrity_opinion_reply_cnt", ""): (
        "activities",
        lambda rows, _: sum(r["本月数"] for r in rows),
    ),
    ("integrity_opinion_neg_rate", ""): ("activities", opinions_refused),
    ("warning_meeting_cnt", ""): ("activities", lambda rows, _: sum(r["本月数"] for r in rows)),
}


@contextmanager
def figures(home: Path, period: str) -> Iterator[duckdb.DuckDBPyConnection]:
    with traced(Home(home), period) as con:
        yield con


@cache
def sheet(path: Path, name: str) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    rows = list(book[name].iter_rows(values_only=True))
    book.close()
    return rows


def cells(home: Path, row: dict[str, Any]) -> Cells:
    """One listed row out of the original file, by the labels in the header of its sheet."""
    (path,) = (home / "originals").glob(f"{row['file_sha256']}.*")
    grid = sheet(path, row["sheet"])
    labels = {c.label for c in contracts()[row["form"]].columns}
    header = next(
        line for line in grid if len(labels & {str(x or "").rstrip("*") for x in line}) > 2
    )
    return dict(
        zip((str(x or "").rstrip("*") for x in header), grid[row["row_no"] - 1], strict=True)
    )


def last_day(period: str) -> date:
    year, month = map(int, period.split("-"))
    return date(year, month, calendar.monthrange(year, month)[1])


def test_fifty_figures_are_recomputed_from_the_listed_cells_alone(released_home: Path) -> None:
    wrong, done = [], 0
    for period in PERIODS:
        with figures(released_home, period) as con:
            for (indicator, part), (form, count) in COUNTS.items():
                printed = con.execute(
                    "select unit_code, value from figures where indicator = ? and slice = ?"
                    " and value > 0 and unit_code not in ('office', 'town', 'dispatched')"
                    " order by unit_code = 'QX00' desc, unit_code limit ?",
                    [indicator, part, MOST_OF_A_UNIT + 1],
                ).fetchall()
                for unit, value in printed:
                    listed = rows_behind(con, indicator, unit, part)
                    rows = [cells(released_home, r) for r in listed if r["form"] == form]
                    counted = count(rows, last_day(period))
                    if counted != pytest.approx(value):
                        wrong.append((indicator, part, unit, period, value, counted))
                    done += 1
    assert not wrong, wrong
    assert done >= 50


def test_every_figure_is_traced_and_none_comes_from_nowhere(released_home: Path) -> None:
    period = PERIODS[-1]
    database = (released_home / "releases" / "current" / "jijian.duckdb").resolve()
    with figures(released_home, period) as con:
        con.execute(f"attach '{database}' as released (read_only)")
        (untraced,) = con.execute(
            "select count(*) from released.marts.rpt_indicators as r"
            " left join figures as f using (indicator, unit_code, slice)"
            " where r.period = ? and ("
            " f.indicator is null or f.value is distinct from r.value"
            " or f.text_value is distinct from r.text_value"
            " or f.numerator is distinct from r.numerator"
            " or f.denominator is distinct from r.denominator)",
            [period],
        ).fetchone() or (None,)
        rootless = con.execute(
            "select distinct indicator from figures"
            " where value <> 0 and len(source_ids) = 0 order by all"
        ).fetchall()
    assert untraced == 0
    # Of the registry and the calendar, or of units that have nothing to list.
    assert {name for (name,) in rootless} <= {
        "sup_network_unit_cnt",
        "schedule_progress_share",
        "zero_case_unit_cnt",
        "zero_self_case_unit_cnt",
        "case_rank_in_type",
        "behind_schedule_flag",
    }


def test_the_release_counts_the_rows_that_the_home_lists(released_home: Path) -> None:
    database = (released_home / "releases" / "current" / "jijian.duckdb").resolve()
    key = ("lead_hold_days", "QX00", "median")
    with duckdb.connect(str(database), read_only=True) as con:
        counted = con.execute(
            "select form, source_unit_code, row_count from marts.rpt_figure_rows"
            " where indicator = ? and unit_code = ? and slice = ? order by all",
            list(key),
        ).fetchall()
    with figures(released_home, PERIODS[-1]) as con:
        listed = [(r["form"], r["unit_code"]) for r in rows_behind(con, *key)]
    assert counted == [(*place, listed.count(place)) for place in sorted(set(listed))]
    assert len(counted) > 1


def test_the_tables_note_the_id_of_every_figure(released_home: Path, tmp_path: Path) -> None:
    database = (released_home / "releases" / "current" / "jijian.duckdb").resolve()
    found = figures_of(database, PERIODS[-1])
    assert found is not None
    source = Source(
        release="x",
        as_of=datetime(2023, 4, 10, tzinfo=LOCAL),
        is_provisional=False,
        made_by="x",
        forms={},
    )
    path = tables_workbook(found, span(PERIODS[-1]), source, tmp_path / "tables.xlsx")
    book = openpyxl.load_workbook(path)
    shown = {number_id(figure): figure.text for figure in found.rows.values()}
    for name, place in (
        ("表1 总体情况", 3),
        ("表2 立案职级", 1),
        ("表3 处分职级", 1),
        ("表4 四种形态", 1),
    ):
        rows = list(book[name].iter_rows(min_row=HEADER_ROW + 2))
        notes = [str(row[place].comment.text) for row in rows if row[place].comment]
        assert len(notes) == len(rows) > 0
        assert [shown[note] for note in notes] == [as_printed(row[place]) for row in rows]


def test_pages_and_documents_write_the_same_ids(released_home: Path) -> None:
    database = (released_home / "releases" / "current" / "jijian.duckdb").resolve()
    found = figures_of(database, PERIODS[-1])
    assert found is not None
    with duckdb.connect(str(database), read_only=True) as con:
        on_pages, parts = (
            {
                number
                for (number,) in con.execute(
                    f"select {column} from ({standalone(REPORTS / 'queries', name)})"
                    " where period = ?",
                    [PERIODS[-1]],
                ).fetchall()
            }
            for name, column in (
                ("figures", "number_id"),
                ("composed", "indicator || '@' || unit_code || '/' || slice"),
            )
        )
    assert {number_id(f) for f in found.rows.values()} - parts == on_pages


def explain(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [JIJIAN, "--home", str(home), "explain", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_explain_tells_the_passport_and_only_counts_the_rows_of_cadre_supervision(
    released_home: Path,
) -> None:
    told = explain(released_home, "lead_open_cnt@QX00")
    assert told.returncode == 0, told.stderr
    for name in ("编号", "指标", "数字", "口径", "分母", "来源报表", "统计期", "发布", "规则"):
        assert f"\n{name}　" in f"\n{told.stdout}"
    with figures(released_home, PERIODS[-1]) as con:
        rows = rows_behind(con, "lead_open_cnt", "QX00", "")
    private = [r for r in rows if r["unit_code"].startswith("GBJ")]
    assert private
    assert f"GBJ01　{len(private)} 行" in told.stdout
    listed = [line.split("\t") for line in told.stdout.splitlines() if "\t" in line]
    assert len(listed) == len(rows) - len(private)
    assert not {r["file_sha256"] for r in private} & {sha for sha, _, _ in listed}


def test_a_part_is_explained_as_a_figure_of_its_own(released_home: Path) -> None:
    told = explain(released_home, "petition_cnt@QX00/petition_signed:1:share")
    assert told.returncode == 0, told.stderr
    lines = dict(line.split("　", 1) for line in told.stdout.splitlines() if "　" in line[:9])
    assert lines["编号"] == "petition_cnt@QX00/petition_signed:1:share"
    assert "%（全区，实名：占比）" in lines["数字"]
    assert "按代码分列" in lines["分项"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("lead_open_cnt",), "不是数字编号"),
        (("lead_open_cnt@XX99",), "没有编号为"),
        (("lead_open_cnt@QX00", "--period", "2023-13"), "不在日历中"),
    ],
)
def test_what_is_no_figure_is_told_in_one_line(
    released_home: Path, words: tuple[str, ...], said: str
) -> None:
    told = explain(released_home, *words)
    assert told.returncode == 2
    assert said in told.stderr
    assert told.stderr.count("\n") == 1


def test_a_home_without_a_warehouse_cannot_be_traced(tmp_path: Path) -> None:
    with pytest.raises(LineageError, match="请先 jijian run"), traced(Home(tmp_path), "2023-03"):
        pass
