"""Odd cells, each with its receipt; F is 涉案金额, D 移送日期, G 是否, H 次数, L a code."""

import re
from datetime import date, datetime

from odd_books import SHEET, Change, Members, Odd, Raw, all_of, put, swap

ZH = '[$-804]yyyy"年"m"月"d"日";@'
DAY = date(2023, 7, 3)


EPOCH = datetime.fromisoformat("1904-01-01")


def built_in(number: int) -> Raw:
    """The format of all dates by its number, as Excel writes those of its language."""
    old, new = b'numFmtId="164"', b'numFmtId="%d"' % number

    def change(members: Members) -> None:
        styles = re.sub(rb"<numFmts.*?</numFmts>", b"", members["xl/styles.xml"])
        assert old in styles
        members["xl/styles.xml"] = styles.replace(old, new)

    return change


def both(day: date) -> Change:
    """移送日期 and its statistics date."""
    return all_of(put("D5", day), put("E5", day))


VALUES: dict[str, Odd] = {
    # numbers
    "amount as text": Odd(receipt="accepted", change=put("F5", "12.50")),
    "amount as text behind an apostrophe": Odd(
        receipt="accepted",
        change=all_of(put("F5", "12.5"), lambda b: setattr(b.sheet["F5"], "quotePrefix", True)),
    ),
    "thousands commas": Odd(receipt="accepted", change=put("F5", "1,234.50")),
    "wrong thousands commas": Odd(receipt="partly | G02 F5", change=put("F5", "1,23.50")),
    "full-width digits": Odd(
        receipt="accepted", change=all_of(put("F5", "１２．５"), put("H5", "２"))
    ),
    "digits between blanks": Odd(receipt="accepted", change=put("H5", "\u3000 2\u00a0")),
    "float noise": Odd(receipt="accepted", change=put("F5", 0.1 + 0.2)),
    "three decimals": Odd(receipt="partly | G02 F5", change=put("F5", 12.345)),
    "a unit behind the number": Odd(receipt="partly | G02 F5", change=put("F5", "12万")),
    "yuan": Odd(receipt="partly | G02 F5", change=put("F5", "125000元")),
    "about": Odd(receipt="partly | G02 H5", change=put("H5", "约2")),
    "a Chinese numeral": Odd(receipt="partly | G02 H5", change=put("H5", "二")),
    "a fraction of a count": Odd(receipt="partly | G02 H5", change=put("H5", 1.5)),
    "whole float as a count": Odd(receipt="accepted", change=put("H5", 2.0)),
    "percent format on an amount": Odd(receipt="partly | G02 F5", change=put("F5", 0.12, "0.00%")),
    "percent format on a count": Odd(receipt="partly | G02 H6", change=put("H6", 1, "0%")),
    "percent format on a blank cell": Odd(receipt="accepted", change=put("K5", None, "0%")),
    "percent as text": Odd(receipt="partly | G02 F5", change=put("F5", "12%")),
    "thousands format that hides digits": Odd(
        receipt="accepted", change=put("F5", 1234.5, "#,##0")
    ),
    "currency format": Odd(receipt="accepted", change=put("F5", 12.5, '"¥"#,##0.00')),
    "zero shown as a dash": Odd(receipt="accepted", change=put("F5", 0, '0.00;-0.00;"-"')),
    "a date format on a count": Odd(receipt="partly | G02 H5", change=put("H5", 2, "yyyy-mm-dd")),
    "negative in brackets": Odd(receipt="partly | G02 F5", change=put("F5", "(12.5)")),
    "a huge number": Odd(receipt="partly | G02 F5", change=put("F5", 1e15)),
    # dates
    "dates as text in every spelling": Odd(
        receipt="accepted",
        change=all_of(
            put("D4", "2023-7-3"),
            put("E4", "2023/07/03"),
            put("D5", "2023.7.3"),
            put("E5", "2023年7月3日"),
            put("D6", "20230703"),
            put("E6", 20230703),
        ),
    ),
    "full-width date": Odd(receipt="accepted", change=put("D5", "２０２３－７－３")),
    "midnight behind the date": Odd(receipt="accepted", change=put("D5", "2023-07-03 00:00:00")),
    "a time of day": Odd(
        receipt="partly | G02 D5", change=put("D5", datetime.fromisoformat("2023-07-03T10:30"))
    ),
    "a bare serial": Odd(receipt="partly | G02 D5", change=put("D5", 45110, "General")),
    "a month only": Odd(receipt="partly | G02 D5", change=put("D5", "2023年7月")),
    "day and month in doubt": Odd(receipt="partly | G02 D5", change=put("D5", "7/3/2023")),
    "two digits of the year": Odd(receipt="partly | G02 D5", change=put("D5", "23-7-3")),
    "no such day": Odd(receipt="partly | G02 D5", change=put("D5", "2023-06-31")),
    "a month format over a whole date": Odd(
        receipt="accepted", change=put("D5", DAY, 'yyyy"年"m"月"')
    ),
    "Chinese date format": Odd(receipt="accepted", change=put("D5", DAY, ZH)),
    "Chinese date format by its number": Odd(receipt="accepted", raw=built_in(31)),
    "date format by its number": Odd(receipt="accepted", raw=built_in(14)),
    "Chinese month and day by its number": Odd(receipt="accepted", raw=built_in(58)),
    "1904 dates": Odd(receipt="accepted", change=lambda b: setattr(b.book, "epoch", EPOCH)),
    "1904 dates saved by LibreOffice": Odd(
        receipt="accepted",
        change=lambda b: setattr(b.book, "epoch", EPOCH),
        office="xlsx",
    ),
    "ISO date cells": Odd(receipt="accepted", change=lambda b: setattr(b.book, "iso_dates", True)),
    "after the period": Odd(receipt="partly | G06 D5,E5", change=both(date(2023, 8, 1))),
    "before all files": Odd(receipt="partly | G07 D5,E5", change=both(date(1970, 1, 1))),
    # 是 and 否, codes, ids, text
    "Excel's TRUE": Odd(receipt="accepted", change=put("G5", True)),
    "a tick": Odd(receipt="partly | G02 G5", change=put("G5", "√")),
    "0 for 否": Odd(receipt="partly | G02 G5", change=put("G5", 0)),
    "code as a number": Odd(receipt="accepted", change=put("L5", 1)),
    "full-width code": Odd(receipt="accepted", change=put("L5", "１")),
    "code and label together": Odd(receipt="partly | G04 L5", change=put("L5", "1 审查起诉中")),
    "part of a label": Odd(receipt="partly | G04 L5", change=put("L5", "审查起诉")),
    "small and full-width letters in an id": Odd(
        receipt="accepted", change=put("A5", "ｙｓ2023000002")
    ),
    "a blank inside an id": Odd(receipt="partly | G03 A5", change=put("A5", "YS 2023000002")),
    "an unseen character in an id": Odd(
        receipt="partly | G03 A5", change=put("A5", "YS2023000002\u200b")
    ),
    "an id in scientific form": Odd(receipt="partly | G02 A5", change=put("A5", "2.02E+11")),
    "an id of too many digits": Odd(
        receipt="partly | G02 A5", change=put("A5", 2023000000021234567)
    ),
    "the same key twice": Odd(receipt="partly | G05 A6", change=put("A6", "YS2023000001")),
    "a dash for nothing": Odd(receipt="accepted | G14 H5", change=put("H5", "—")),
    "a dash where a value is required": Odd(receipt="partly | G01 F5", change=put("F5", "无")),
    "a required cell with blanks only": Odd(
        receipt="partly | G01 F5", change=put("F5", "\u3000\n ")
    ),
    "a line break in a text": Odd(
        receipt="accepted", change=lambda b: b.issues.__setitem__("D4", "某局\n办公室")
    ),
    "a text too long": Odd(
        receipt="partly | G03 D4", change=lambda b: b.issues.__setitem__("D4", "某" * 41)
    ),
    "an escaped line break in a text": Odd(
        receipt="accepted", change=lambda b: b.issues.__setitem__("D4", "某局_x000D_\n办公室")
    ),
    # formulas and errors
    "formula with a value": Odd(
        receipt="accepted",
        change=put("F5", "=10+2.5"),
        raw=swap(SHEET, "<f>10+2.5</f><v></v>", "<f>10+2.5</f><v>12.5</v>"),
    ),
    "formula without a value": Odd(receipt="partly | G02 F5", change=put("F5", "=10+2.5")),
    "formula computed by LibreOffice": Odd(
        receipt="accepted", change=put("F5", "=10+2.5"), office="xlsx"
    ),
    "formula that gives an empty text": Odd(
        receipt="accepted",
        change=put("H5", '=IF(1=2,1,"")'),
        office="xlsx",
    ),
    "text formula in an id": Odd(
        receipt="accepted", change=put("A5", '="YS2023"&"000002"'), office="xlsx"
    ),
    "formula to a workbook elsewhere, with a value": Odd(
        receipt="accepted",
        change=put("F5", "=[1]Sheet1!A1"),
        raw=swap(SHEET, "</f><v></v>", "</f><v>12.5</v>"),
    ),
    "array formula computed by LibreOffice": Odd(
        receipt="accepted", change=put("F5", "=SUM((D4:D6>0)*1)"), office="xlsx"
    ),
    "error cell": Odd(receipt="partly | G02 F5", change=put("F5", "#N/A")),
    "error cell where a blank is allowed": Odd(
        receipt="partly | G02 H5", change=put("H5", "#REF!")
    ),
    "error cell in a date": Odd(receipt="partly | G02 K5", change=put("K5", "#VALUE!")),
    "error cell in an id": Odd(receipt="partly | G02 A5", change=put("A5", "#NAME?")),
    "formula whose value is an error": Odd(
        receipt="partly | G02 F5", change=put("F5", "=1/0"), office="xlsx"
    ),
    "formula error as Excel writes it": Odd(
        receipt="partly | G02 F5",
        change=put("F5", "=1/0"),
        raw=swap(SHEET, '<c r="F5"><f>1/0</f><v></v>', '<c r="F5" t="e"><f>1/0</f><v>#DIV/0!</v>'),
    ),
    "an error typed as text": Odd(
        receipt="partly | G02 F5",
        change=all_of(put("F5", "x"), lambda b: setattr(b.sheet["F5"], "data_type", "s")),
        raw=swap(SHEET, "<t>x</t>", "<t>#N/A</t>"),
    ),
    "an error pasted as text where text may stand": Odd(
        receipt="partly | G02 D4",
        change=lambda b: [
            b.issues.__setitem__("D4", "x"),
        ],
        raw=swap("xl/worksheets/sheet3.xml", "<t>x</t>", "<t>#N/A</t>"),
    ),
    "two errors of one row": Odd(
        receipt="partly | G02 F5,H5", change=all_of(put("F5", "#N/A"), put("H5", "#N/A"))
    ),
    "a row of nothing but an error": Odd(
        receipt="partly | P09 | G01 A7,B7,C7,D7,G7,L7 | G02 F7", change=put("F7", "#N/A")
    ),
    "error cell in a label": Odd(receipt="partly | P08", change=put("F3", "#REF!")),
}
