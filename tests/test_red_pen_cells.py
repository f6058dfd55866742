"""Splicing styles into the XML of a sheet, whatever program wrote it."""

import re

import pytest

from expectations.finding import ERROR
from orchestration.intake.receipts.red_pen.cells import Sheet, Wanted

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def marked(inside: str, wanted: Wanted, prefix: str = "") -> str:
    name = f"xmlns:{prefix[:-1]}" if prefix else "xmlns"
    sheet = Sheet(f'<{prefix}worksheet {name}="{MAIN}">{inside}</{prefix}worksheet>'.encode())
    sheet.mark(wanted, lambda style, _: style + 100, {7: 0})
    return re.sub(rf"^<{prefix}worksheet [^>]*>|</{prefix}worksheet>$", "", sheet.text.decode())


@pytest.mark.parametrize(
    ("inside", "cell", "expected"),
    [
        (
            '<sheetData><row r="2"><c r="B2" s="3" t="s"><v>1</v></c></row></sheetData>',
            (2, 2),
            '<sheetData><row r="2"><c r="B2" s="103" t="s"><v>1</v></c></row></sheetData>',
        ),
        (
            "<sheetData><row><c><v>1</v></c><c/></row></sheetData>",
            (1, 2),
            '<sheetData><row><c><v>1</v></c><c s="100"/></row></sheetData>',
        ),
        (
            '<sheetData><row r="2"><c r="A2"/><c r="C2"/></row></sheetData>',
            (2, 2),
            '<sheetData><row r="2"><c r="A2"/><c r="B2" s="100"/><c r="C2"/></row></sheetData>',
        ),
        (
            '<sheetData><row r="2" s="5" customFormat="1" ht="20"/></sheetData>',
            (2, 2),
            '<sheetData><row r="2" s="5" customFormat="1" ht="20"><c r="B2" s="105"/></row>'
            "</sheetData>",
        ),
        (
            '<cols><col min="2" max="3" style="4"/></cols><sheetData><row r="1"/><row r="5"/>'
            "</sheetData>",
            (3, 2),
            '<cols><col min="2" max="3" style="4"/></cols><sheetData><row r="1"/>'
            '<row r="3"><c r="B3" s="104"/></row><row r="5"/></sheetData>',
        ),
        ("<sheetData/>", (1, 1), '<sheetData><row r="1"><c r="A1" s="100"/></row></sheetData>'),
        (
            '<sheetData><row r="1"><c r="A1" s="7"/></row></sheetData>',
            (2, 1),
            '<sheetData><row r="1"><c r="A1" s="0"/></row><row r="2"><c r="A2" s="100"/></row>'
            "</sheetData>",
        ),
    ],
)
def test_a_cell_is_marked_where_it_stands_or_belongs(
    inside: str, cell: tuple[int, int], expected: str
) -> None:
    assert marked(inside, {cell[0]: {cell[1]: ERROR}}) == expected


def test_names_with_a_prefix_are_kept() -> None:
    inside = '<x:sheetData><x:row r="1"><x:c r="A1"/></x:row></x:sheetData>'
    assert marked(inside, {1: {1: ERROR, 2: ERROR}}, "x:") == (
        '<x:sheetData><x:row r="1"><x:c s="100" r="A1"/><x:c r="B1" s="100"/></x:row></x:sheetData>'
    )


def test_a_row_or_column_of_a_picture_is_no_row_of_the_sheet() -> None:
    inside = (
        '<sheetData><row r="1"><c r="A1"/></row></sheetData><controls><control><controlPr><anchor>'
        "<from><col>1</col><row>1</row></from></anchor></controlPr></control></controls>"
    )
    assert marked(inside, {1: {1: ERROR}}) == inside.replace("<c r", '<c s="100" r')


def test_the_drawing_of_comments_comes_before_tables_and_extensions() -> None:
    sheet = Sheet(
        f'<worksheet xmlns="{MAIN}"><sheetData/><pageMargins/><tableParts/><extLst/></worksheet>'
        .encode()
    )  # fmt: skip
    sheet.mark({}, lambda style, _: style, {})
    sheet.draw("rId9", "urn:r")
    assert sheet.text.decode().endswith(
        '<pageMargins/><legacyDrawing xmlns:rp="urn:r" rp:id="rId9"/><tableParts/><extLst/>'
        "</worksheet>"
    )
