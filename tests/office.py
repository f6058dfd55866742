"""LibreOffice, as a unit uses it: opens a workbook, types into it, saves it as another kind."""

import subprocess
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

Typed = Mapping[str, Mapping[str, str]]  # by sheet and address
KINDS = {
    "xlsx": "xlsx:Calc MS Excel 2007 XML",
    "xls": "xls:MS Excel 97",
    "ods": "ods:calc8",
    "pdf": "pdf:calc_pdf_Export",
}
_TYPE = """Sub Fill(source As String, target As String, script As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  Dim kind(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  kind(0).Name = "FilterName"
  kind(0).Value = "Calc MS Excel 2007 XML"
  book = StarDesktop.loadComponentFromURL(ConvertToURL(source), "_blank", 0, hidden())
  number = FreeFile
  Open script For Input As #number
  Do While Not Eof(number)
    Line Input #number, text
    parts = Split(text, Chr(9))
    sheet = book.Sheets.getByName(parts(0))
    sheet.getCellRangeByName(parts(1)).setFormula(parts(2))
  Loop
  Close #number
  book.storeToURL(ConvertToURL(target), kind())
  book.close(True)
  StarDesktop.terminate()
End Sub
"""
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1"
 script:language="StarBasic">{}</script:module>
"""


class Office:
    """LibreOffice with a profile of its own."""

    def __init__(self, folder: Path) -> None:
        self._profile = folder / "profile"
        self._run("--terminate_after_init")  # the first start lays out the profile
        module = self._profile / "user" / "basic" / "Standard" / "Module1.xba"
        module.write_text(_MODULE.format(escape(_TYPE)), encoding="utf-8")

    def _run(self, *words: str) -> None:
        profile = f"-env:UserInstallation={self._profile.as_uri()}"
        command = ["soffice", profile, "--headless", "--norestore", *words]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    def saved_as(self, kind: str, paths: Iterable[Path], out: Path) -> list[Path]:
        """Every workbook opened and saved as that kind, in one start of the program."""
        sources = list(paths)
        words = ["--convert-to", KINDS[kind], "--outdir", str(out)]
        self._run(*words, *(str(p) for p in sources))
        saved = [out / f"{p.stem}.{kind}" for p in sources]
        assert all(p.exists() for p in saved), [p.name for p in saved if not p.exists()]
        return saved

    def filled(self, source: Path, target: Path, typed: Typed) -> Path:
        """The workbook opened, typed into and saved as .xlsx."""
        lines = [(s, a, text) for s, cells in typed.items() for a, text in cells.items()]
        script = target.with_suffix(".txt")
        script.write_text("".join("\t".join(x) + "\n" for x in lines), encoding="utf-8")
        words: Sequence[str] = [str(source), str(target), str(script)]
        self._run(f"macro:///Standard.Module1.Fill({','.join(words)})")
        assert target.exists()
        return target
