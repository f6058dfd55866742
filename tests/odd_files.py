"""Files as programs write them, and what is no .xlsx, each with its receipt."""

import io
import re
import zipfile

import openpyxl
import xlsxwriter
from odd_books import SHEET, Members, Odd, swap

STRINGS = "xl/sharedStrings.xml"
BOOK = "xl/workbook.xml"
TYPES = "[Content_Types].xml"


def shared(members: Members) -> None:
    """Texts in a common list, as Excel and WPS keep them; openpyxl leaves them in the cells."""
    texts: list[str] = []

    def place(match: re.Match[str]) -> str:
        texts.append(match[2])
        return f'<c r="{match[1]}" t="s"><v>{len(texts) - 1}</v></c>'

    cell = r'<c r="([A-Z]+\d+)" t="inlineStr"><is><t[^>]*>(.*?)</t></is></c>'
    for name in [n for n in members if n.startswith("xl/worksheets/sheet")]:
        members[name] = re.sub(cell, place, members[name].decode(), flags=re.DOTALL).encode()
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    listed = "".join(f"<si><t>{text}</t></si>" for text in texts)
    members[STRINGS] = f'<sst xmlns="{space}">{listed}</sst>'.encode()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    part = f'<Override PartName="/{STRINGS}" ContentType="{kind}"/></Types>'
    members[TYPES] = members[TYPES].replace(b"</Types>", part.encode())
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    link = f'<Relationship Id="rId99" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'
    links = "xl/_rels/workbook.xml.rels"
    members[links] = members[links].replace(b"</Relationships>", link.encode())


def wps(members: Members) -> None:
    """What WPS leaves: its name and build, readings behind words, elements of its own."""
    shared(members)
    app = members["docProps/app.xml"]
    members["docProps/app.xml"] = re.sub(
        rb"<Application>.*?</Application>",
        b"<Application>WPS Spreadsheets_11.8.6.11825_F1E327BC</Application>",
        app,
    )
    reading = '<rPh sb="0" eb="1"><t>YS</t></rPh><phoneticPr fontId="0"/></si>'
    members[STRINGS] = members[STRINGS].replace(b"</si>", reading.encode())
    own = b'<extLst><ext uri="{9A8E7C2A}" xmlns:etc="http://schemas.microsoft.com/etc"/></extLst>'
    members[SHEET] = members[SHEET].replace(b"</worksheet>", own + b"</worksheet>")


def prefixed(members: Members) -> None:
    """Every element of the sheet with a prefix, as some programs write it."""
    text = members[SHEET].decode()
    text = re.sub(r"<(/?)([A-Za-z])", r"<\1x:\2", text)
    members[SHEET] = text.replace("xmlns=", "xmlns:x=", 1).encode()


def rich(members: Members) -> None:
    """Every text in two colours, cut in the middle."""
    shared(members)

    def cut(match: re.Match[bytes]) -> bytes:
        text = match[1].decode()
        half = len(text) // 2 if "&" not in text else 0
        runs = f"<r><t>{text[:half]}</t></r><r><rPr><b/></rPr><t>{text[half:]}</t></r>"
        return runs.encode()

    members[STRINGS] = re.sub(rb"<t>(.*?)</t>", cut, members[STRINGS])


def without_places(members: Members) -> None:
    """Rows and cells that do not say where they stand; blank cells are there, then."""
    text = members[SHEET].decode()
    members[SHEET] = re.sub(r'<row r="\d+"( spans="[^"]*")?', "<row", text).encode()


def without_texts(members: Members) -> None:
    shared(members)
    del members[STRINGS]


def without_size(members: Members) -> None:
    members[SHEET] = re.sub(rb"<dimension[^>]*/>", b"", members[SHEET])


def strict(members: Members) -> None:
    """ "Strict Open XML", a choice in Excel's list of kinds."""
    old = b"http://schemas.openxmlformats.org/"
    for name, data in members.items():
        if name.endswith((".xml", ".rels")):
            data = data.replace(
                old + b"spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"
            )
            members[name] = data.replace(
                old + b"officeDocument/2006/relationships",
                b"http://purl.oclc.org/ooxml/officeDocument/relationships",
            )


def left_over(members: Members) -> None:
    """What an archive program of a Mac puts in."""
    members["__MACOSX/._book.xml"] = b"\0\5\26\7"
    members["xl/"] = b""


def threaded(members: Members) -> None:
    """A comment of newer programs, which keep its text in a part of its own."""
    place = "http://schemas.openxmlformats.org/package/2006/relationships"
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    members["xl/worksheets/_rels/sheet2.xml.rels"] = (
        f'<Relationships xmlns="{place}"><Relationship Id="rId9" Type="{kind}" '
        'Target="../threadedComments/threadedComment1.xml"/></Relationships>'
    ).encode()
    space = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    members["xl/threadedComments/threadedComment1.xml"] = (
        f'<ThreadedComments xmlns="{space}"><threadedComment ref="B5" id="1">'
        "<text>请联系13912345678</text></threadedComment></ThreadedComments>"
    ).encode()


def macro(members: Members) -> None:
    kind = b"spreadsheetml.sheet.main+xml"
    members[TYPES] = members[TYPES].replace(kind, b"sheet.macroEnabled.main+xml")
    members["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0"


def packed(data: bytes) -> bytes:
    """The workbook in an archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("TWN03__2023-07.xlsx", data)
    return out.getvalue()


def stored(data: bytes) -> bytes:
    """The parts not compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return out.getvalue()


def doubled(data: bytes) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(BOOK, b"<workbook/>")
    return out.getvalue()


def rewritten(data: bytes) -> bytes:
    """The same cells written by another library."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "yyyy-mm-dd"}) as book:
        for sheet in openpyxl.load_workbook(io.BytesIO(data)).worksheets:
            copy = book.add_worksheet(sheet.title)
            for row, values in enumerate(sheet.iter_rows(values_only=True)):
                copy.write_row(row, 0, values)
    return out.getvalue()


LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
CSV = "移送编号,案件编码\nYS2023000001,LA2023000001\n".encode("gb18030")

FILES: dict[str, Odd] = {
    "as openpyxl writes it": Odd(receipt="accepted"),
    "saved by LibreOffice": Odd(receipt="accepted", office="xlsx"),
    "saved by WPS": Odd(receipt="accepted", raw=wps),
    "elements with a prefix": Odd(receipt="accepted", raw=prefixed),
    "as XlsxWriter writes it": Odd(receipt="accepted", data=rewritten),
    "texts in a common list": Odd(receipt="accepted", raw=shared),
    "texts in two colours": Odd(receipt="accepted", raw=rich),
    "rows without a number": Odd(receipt="accepted", raw=without_places),
    "no size stated": Odd(receipt="accepted", raw=without_size),
    "a wrong size stated": Odd(
        receipt="accepted", raw=swap(SHEET, 'dimension ref="A1:L6"', 'dimension ref="A1"')
    ),
    "strict Open XML": Odd(receipt="accepted", raw=strict),
    "parts not compressed": Odd(receipt="accepted", data=stored),
    "left-overs of an archive program": Odd(receipt="accepted", raw=left_over),
    "no properties": Odd(
        receipt="accepted", raw=lambda m: [m.pop(n) for n in list(m) if n.startswith("docProps")]
    ),
    "no styles, so that no number is a date": Odd(
        receipt="returned | G02 D4,E4 | G02 D5,E5 | G02 D6,E6 | G02 E4,F4,I4",
        raw=lambda m: m.pop("xl/styles.xml"),
    ),
    "no texts": Odd(receipt="returned | P01", raw=without_texts),
    "a new comment with a telephone number": Odd(receipt="returned | G13 B5", raw=threaded),
    "a name that points nowhere": Odd(
        receipt="accepted",
        raw=swap(
            BOOK,
            "<definedNames/>",
            '<definedNames><definedName name="a">#REF!</definedName></definedNames>',
        ),
    ),
    # what is no .xlsx
    "macros": Odd(receipt="returned | P01", raw=macro),
    "macros by name": Odd(receipt="returned | P01", raw=macro, suffix=".xlsm"),
    "only the name of macros": Odd(receipt="returned | P01", suffix=".xlsm"),
    "old .xls": Odd(receipt="returned | P01", office="xls", suffix=".xls"),
    "old .xls named .xlsx": Odd(receipt="returned | P01", office="xls"),
    "old .xls named .et": Odd(receipt="returned | P01", office="xls", suffix=".et"),
    "OpenDocument": Odd(receipt="returned | P01", office="ods", suffix=".ods"),
    "OpenDocument named .xlsx": Odd(receipt="returned | P01", office="ods"),
    "binary .xlsb named .xlsx": Odd(
        receipt="returned | P01", raw=lambda m: m.__setitem__("xl/workbook.bin", m.pop(BOOK))
    ),
    "a password to open": Odd(receipt="returned | P01", data=lambda _: LOCKED),
    "an archive with the workbook": Odd(receipt="returned | P01", data=packed),
    "an archive by name": Odd(receipt="returned | P01", data=packed, suffix=".zip"),
    "text named .xlsx": Odd(receipt="returned | P01", data=lambda _: CSV),
    "a web page named .xlsx": Odd(
        receipt="returned | P01", data=lambda _: b"<html><table></table></html>"
    ),
    "half a file": Odd(receipt="returned | P01", data=lambda data: data[: len(data) // 2]),
    "nothing": Odd(receipt="returned | P01", data=lambda _: b""),
    "two parts of one name": Odd(receipt="returned | P01", data=doubled),
}
