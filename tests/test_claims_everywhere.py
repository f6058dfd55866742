"""The same claim, with the same figures, stands in the site, Word file, PDF and tables."""

import json
import re
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
from docx import Document
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from orchestration.documents.verb import write_bulletin
from orchestration.release.releases import Release
from orchestration.site.build import lay_about
from orchestration.site.claims import ClaimsError, lay_claims
from reports.bulletin.fonts import chinese_font

PERIOD = "2023-03"


@pytest.fixture(scope="module")
def folder(released_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The products of the release, and the site's database as its sources read it."""
    current = (released_home / "releases" / "current").resolve()
    place = tmp_path_factory.mktemp("everywhere")
    manifest = json.loads((current / "manifest.json").read_text(encoding="utf-8"))
    as_of = datetime.fromisoformat(manifest["as_of"])
    release = Release(path=current, period=PERIOD, as_of=as_of, is_provisional=False)
    write_bulletin(release, PERIOD, "month", place, chinese_font())
    site = place / "release.duckdb"
    site.write_bytes(release.database.read_bytes())
    with duckdb.connect(str(site)) as con:
        lay_about(con, current.name, manifest["as_of"], False)
        lay_claims(con, release.database)
    return place


@pytest.fixture(scope="module")
def on_site(internal_site: Path) -> dict[str, str]:
    """Sentences by claim, as the built site ships them to the page."""
    data = internal_site / "releases" / "current" / "site" / "internal" / "data"
    (shipped,) = data.glob("site/claims/*/*.parquet")
    found = duckdb.execute(
        f"select claim, sentence from '{shipped}' where period = ? order by place", [PERIOD]
    )
    return {str(claim): str(sentence) for claim, sentence in found.fetchall()}


def _bare(text: str) -> str:
    return re.sub(r"\s|—\d+—", "", re.sub(r"—\s*\d+\s*—", "", text))


def test_every_claim_of_the_site_stands_in_the_word_file(
    on_site: dict[str, str], folder: Path
) -> None:
    lines = [p.text for p in Document(str(folder / f"通报_{PERIOD}.docx")).paragraphs]
    assert len(on_site) == 4
    assert all(sentence in lines for sentence in on_site.values())


def test_every_claim_of_the_site_stands_in_the_pdf(on_site: dict[str, str], folder: Path) -> None:
    pages = PdfReader(str(folder / f"通报_{PERIOD}.pdf")).pages
    text = "".join(_bare(page.extract_text()) for page in pages)
    assert all(_bare(sentence) in text for sentence in on_site.values())


def test_every_claim_of_the_site_stands_in_the_tables_with_its_figures(
    on_site: dict[str, str], folder: Path
) -> None:
    book = CalamineWorkbook.from_path(folder / f"统计表_{PERIOD}.xlsx")
    rows = book.get_sheet_by_name("总体情况").to_python()
    found = {str(row[0]): (str(row[1]), str(row[2])) for row in rows}
    with duckdb.connect(str(folder / "release.duckdb"), read_only=True) as con:
        ids = dict(
            con.execute(
                "select claim, figure_ids from about.claims where period = ?", [PERIOD]
            ).fetchall()
        )
    for claim, sentence in on_site.items():
        text, figures = found[claim]
        assert text == sentence
        printed = [line.split(" ") for line in figures.splitlines()]
        assert [number_id for number_id, _ in printed] == ids[claim].split(" ")
        assert all(value in sentence for _, value in printed)


def test_the_figures_of_a_claim_are_those_of_the_release(
    on_site: dict[str, str], folder: Path
) -> None:
    with duckdb.connect(str(folder / "release.duckdb"), read_only=True) as con:
        whole = dict(
            con.execute(
                "select indicator, value::integer from marts.rpt_indicators where slice = ''"
                " and unit_code = 'QX00' and period = ? and status = 'value'"
                " and value = value::integer",
                [PERIOD],
            ).fetchall()
        )
    assert f"接收信访举报{whole['petition_cnt']}件次" in on_site["overall.main"]
    assert f"立案{whole['case_filed_cnt']}件" in on_site["overall.main"]
    assert f"批评教育和处理{whole['four_forms_cnt']}人次" in on_site["overall.forms"]
    assert f"移送检察机关{whole['transfer_case_cnt']}案" in on_site["overall.transfers"]


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (
            "update marts.rpt_indicators set value = value + 1"
            " where indicator = 'punished_person_cnt' and unit_code = 'QX00' and slice = ''",
            "总体情况（2023-",
        ),
        ("drop table marts.rpt_compositions", "旧版程序"),
    ],
)
def test_a_site_whose_figures_do_not_support_the_summary_is_not_built(
    folder: Path, tmp_path: Path, spoil: str, why: str
) -> None:
    spoilt, site = tmp_path / "jijian.duckdb", tmp_path / "release.duckdb"
    spoilt.write_bytes((folder / "release.duckdb").read_bytes())
    site.write_bytes((folder / "release.duckdb").read_bytes())
    with duckdb.connect(str(spoilt)) as con:
        con.execute(spoil)
    with duckdb.connect(str(site)) as con, pytest.raises(ClaimsError, match=why):
        lay_claims(con, spoilt)
