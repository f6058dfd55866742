"""Page, lists and notices: whose rows stand in them, what they agree with, what text becomes."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import openpyxl
import pytest
import typst
from docx import Document

from orchestration.documents.products import write_notices
from orchestration.documents.verb import _read_figures
from orchestration.release.releases import Release, read_release
from reports.bulletin.content import Source
from reports.bulletin.figures import Figures
from reports.bulletin.fonts import chinese_font
from reports.bulletin.wording import Span
from reports.products.lists import Lists, lists_of
from reports.products.notice import notices
from reports.products.notice_document import notice_content
from reports.products.notice_files import write_notice
from reports.products.one_page import one_page_source, warnings
from reports.products.one_page_pictures import pictures
from reports.products.supervision import supervision_workbook

PERIOD = "2023-03"
NUMBERED = re.compile(r"[A-Z]{2}\d{6,}")
Read = tuple[Figures, Span, Source]
# The figure of a unit that its listed matters add up to, by kind.
COUNTED = {
    "opinion_late": ("disposal_overdue_cnt", "late"),
    "opinion_missing": ("disposal_overdue_cnt", "missing"),
    "opinion_carried": ("disposal_overdue_cnt", "carried"),
    "lead_overdue": ("lead_overdue_open_cnt", ""),
    "lead_long_pending": ("verify_long_pending_cnt", ""),
    "disposal_unfiled": ("disposal_unfiled_cnt", ""),
    "disposal_mismatch": ("disposal_mismatch_cnt", ""),
    "ledger_conflict": ("system_ledger_conflict_cnt", ""),
}


@pytest.fixture(scope="module")
def release(released_home: Path) -> Release:
    return read_release((released_home / "releases" / "current").resolve())


@pytest.fixture(scope="module")
def read(release: Release) -> Read:
    return _read_figures(release, PERIOD, "month")


@pytest.fixture(scope="module")
def lists(release: Release) -> Lists:
    return lists_of(release.database, PERIOD)


@pytest.fixture(scope="module")
def folder(release: Release, read: Read, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("notices")
    write_notices(release, *read, place)
    return place


def _texts(path: Path) -> Iterator[str]:
    if path.suffix == ".xlsx":
        for sheet in openpyxl.load_workbook(path):
            yield from (str(c) for row in sheet.values for c in row if c is not None)
        return
    document = Document(str(path))
    yield from (p.text for p in document.paragraphs)
    yield from (c.text for t in document.tables for row in t.rows for c in row.cells)


def _text(path: Path) -> str:
    return "\n".join(_texts(path))


def test_every_unit_that_owes_returns_has_both_files(folder: Path, lists: Lists) -> None:
    names = {p.name for p in folder.iterdir()}
    wanted = {f"提示函_{u['unit_code']}_{PERIOD}" for u in lists.units}
    assert names == {f"{name}{kind}" for name in wanted for kind in (".docx", ".xlsx")}
    assert len(wanted) > 35


def test_no_notice_names_another_unit_its_code_or_its_matters(
    folder: Path, lists: Lists, release: Release
) -> None:
    with duckdb.connect(str(release.database), read_only=True) as con:
        own: dict[str, set[str]] = {}
        for unit, key in con.execute(
            "select rolled_up_unit_code, lead_no from marts.fct_leads union all"
            " select unit_code, key from marts.rpt_attention union all"
            " select unit_code, split_part(key, '/', 1) from marts.rpt_findings"
        ).fetchall():
            own.setdefault(unit, set()).add(key)
    for unit in lists.units:
        code = unit["unit_code"]
        names = {
            n
            for u in lists.units
            if u["unit_code"] != code
            for n in (u["name"], u["short_name"], u["unit_code"])
        } - {unit["name"], unit["short_name"]}
        for kind in (".docx", ".xlsx"):
            text = _text(folder / f"提示函_{code}_{PERIOD}{kind}")
            # What all are told to turn to, and words of the catalogue, are no unit's rows.
            for told in {u["name"] for u in lists.units if u["ranking_group"] is None}:
                names.discard(told)
            assert not [n for n in names if n in text], code
            assert set(NUMBERED.findall(text)) <= own.get(code, set()), code


def test_a_message_that_names_others_is_told_without_them(read: Read, lists: Lists) -> None:
    figures, span, source = read
    planted = {
        **dict.fromkeys(("rule", "severity", "severity_text", "form", "waived_text"), "x"),
        "answer_text": "口径不同",
        "period": PERIOD,
        "unit_code": "TWN03",
        "unit_name": "柳涵",
        "unit_sort": 1,
        "key": "XS2023000001",
        "message": "XS2023000001 与 XS2023999999 重复（STR01，锦澜街道纪工委）",
        "first_period": PERIOD,
        "is_waived": False,
    }
    told = notices(figures, replace(lists, findings=[planted]))
    (notice,) = (n for n in told if n.unit["unit_code"] == "TWN03")
    text = str(notice_content(notice, figures, span, source).sections)
    assert "（你单位说明：口径不同）" in text
    assert "XS2023000001 与 （另一事项） 重复（（其他单位），（其他单位））" in text
    assert not any(n.findings for n in told if n is not notice)


def test_the_matters_listed_are_those_that_the_figures_count(read: Read, lists: Lists) -> None:
    for kind, (indicator, part) in COUNTED.items():
        listed: dict[str, int] = {}
        for r in lists.attention:
            if r["kind"] == kind:
                listed[r["unit_code"]] = listed.get(r["unit_code"], 0) + r["item_count"]
        counted = {
            unit: int(f.value)
            for (i, unit, s), f in read[0].rows.items()
            if (i, s) == (indicator, part) and f.value and unit not in ("QX00", "GBJ01")
        }
        assert listed == counted, kind
    assert {r["kind"] for r in lists.attention} >= {"opinion_missing", "lead_overdue"}


def test_the_staff_office_has_no_matter_in_the_supervision_list(
    read: Read, lists: Lists, released_home: Path, tmp_path: Path
) -> None:
    figures, span, source = read
    path = supervision_workbook(figures, lists, span, source, tmp_path / "list.xlsx")
    with duckdb.connect(str(released_home / "warehouse" / "warehouse.duckdb")) as con:
        hidden = con.execute(
            "select distinct lead_no from staging.stg_returns__leads where unit_code = 'GBJ01'"
        ).fetchall()
    assert hidden
    text = _text(path)
    assert not {lead for (lead,) in hidden} & set(NUMBERED.findall(text))
    assert any(f["unit_code"] == "GBJ01" for f in lists.findings)
    assert "干部监督室" not in text and "GBJ" not in text


def test_the_supervision_list_has_every_matter_once_a_kind(
    read: Read, lists: Lists, tmp_path: Path
) -> None:
    figures, span, source = read
    path = supervision_workbook(figures, lists, span, source, tmp_path / "list.xlsx")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[0] == "目录" and "久核不结" in book.sheetnames
    listed = [
        (row[1], row[2])
        for sheet in book.worksheets[2:-1]
        for row in sheet.iter_rows(min_row=5, values_only=True)
    ]
    wanted = [
        (r["kind_text"], source.forms.get(r["key"], r["key"]))
        for r in lists.attention
        if r["unit_code"] != "GBJ01"
    ]
    assert sorted(listed) == sorted(wanted)
    for sheet in book.worksheets:
        assert sheet.freeze_panes and not sheet.merged_cells.ranges


@pytest.mark.parametrize("planted", ["=1+1", "=HYPERLINK(1)", "+1", "-1", "@SUM(A1)"])
def test_what_units_wrote_never_becomes_a_formula(
    planted: str, read: Read, lists: Lists, tmp_path: Path
) -> None:
    figures, span, source = read
    spoilt = [{**r, "detail": planted, "key": planted} for r in lists.attention]
    found = [{**r, "message": planted} for r in lists.findings]
    changed = replace(lists, attention=spoilt, findings=found)
    paths = [supervision_workbook(figures, changed, span, source, tmp_path / "list.xlsx")]
    notice = next(n for n in notices(figures, changed) if n.attention)
    paths.append(write_notice(notice, figures, span, source, tmp_path / "notice")[1])
    for path in paths:
        cells = [c for s in openpyxl.load_workbook(path) for row in s for c in row]
        assert any(c.value == planted for c in cells)
        assert not any(
            c.data_type == "f" or (c.hyperlink and "http" in str(c.hyperlink.target)) for c in cells
        )


def test_a_provisional_notice_says_so(read: Read, lists: Lists, tmp_path: Path) -> None:
    figures, span, source = read
    marked = replace(source, is_provisional=True)
    paths = write_notice(notices(figures, lists)[0], figures, span, marked, tmp_path / "notice")
    assert all("初步数" in _text(path) for path in paths)


def test_the_page_is_one_page_with_six_pictures_and_at_most_five_warnings(read: Read) -> None:
    font = chinese_font()
    assert font is not None
    figures, span, source = read
    text = one_page_source(figures, span, source, font)
    fonts = typst.Fonts(font_paths=list(font.folders))
    pages = typst.compile(text.encode(), font_paths=fonts, format="svg")
    assert not isinstance(pages, list)
    assert len(pictures(figures)) == 6 and text.count('format: "svg"') == 6
    told = warnings(figures)
    assert 1 <= len(told) <= 5 and all(w.text in text for w in told)
    printed = [x for _, of in pictures(figures) for x in of] + [x for w in told for x in w.figures]
    assert all(x.indicator in text and x.id.removeprefix(x.indicator) in text for x in printed)
    assert "初步数" not in text
    provisional = one_page_source(figures, span, replace(source, is_provisional=True), font)
    assert "初步数" in provisional and "未解决的错误" in provisional


def test_the_page_has_room_for_five_long_warnings(read: Read) -> None:
    """Two more lines than any of them takes of itself: the longest names, all that can tie."""
    font = chinese_font()
    assert font is not None
    figures, span, source = read
    named = [
        {**u, "printed_name": u["printed_name"].ljust(9, "某")}
        for u in figures.lists["units_listed"]
    ]
    first = [("disposal_overdue_cnt", u["unit_code"], "") for u in named[:3]]
    rows = {k: replace(figures.rows[k], value=99.0) for k in first if k in figures.rows}
    crowded = replace(
        figures,
        rows={**figures.rows, **rows},
        lists={**figures.lists, "units_listed": named},
    )
    fonts = typst.Fonts(font_paths=list(font.folders))
    text = one_page_source(crowded, span, source, font)
    assert not isinstance(typst.compile(text.encode(), font_paths=fonts, format="svg"), list)


def test_the_warnings_follow_the_figures(read: Read) -> None:
    figures = read[0]
    key = ("disposal_overdue_cnt", "QX00", "")
    more = replace(figures, rows={**figures.rows, key: replace(figures.rows[key], value=987.0)})
    others = [r for r in figures.lists["urgent"] if r["indicator"] != key[0]]
    none = replace(figures, lists={**figures.lists, "urgent": others})
    assert warnings(more)[0].text.startswith("987件线索未在一个月内提出处置意见")
    assert not any("未在一个月内提出处置意见" in w.text for w in warnings(none))


def test_a_unit_that_owes_nothing_is_refused_by_name(
    release: Release, read: Read, tmp_path: Path
) -> None:
    with pytest.raises(Exception, match="没有应报报表的单位 TWN99"):
        write_notices(release, *read, tmp_path, ["TWN99"])
    assert not list(tmp_path.iterdir())


def test_a_release_without_lists_says_how_to_mend_it(
    release: Release, read: Read, tmp_path: Path
) -> None:
    old = tmp_path / release.path.name
    old.mkdir()
    shutil.copy(release.database, old / "jijian.duckdb")
    with duckdb.connect(str(old / "jijian.duckdb")) as con:
        con.execute("drop table marts.rpt_attention")
    spoilt = replace(release, path=old)
    with pytest.raises(Exception, match="请重新 jijian run"):
        write_notices(spoilt, *read, tmp_path / "out")
