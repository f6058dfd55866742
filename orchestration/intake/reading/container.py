"""The outside of a workbook: what is no .xlsx, and which part of the zip is which sheet."""

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from orchestration.intake.reading.submission import RefusedError

MAX_MEMBERS = 2_000
MAX_BYTES = 256 * 1024 * 1024
MAX_RATIO = 200
RATIO_FROM = 16 * 1024 * 1024
ARCHIVES = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"\xd0\xcf\x11\xe0")
_TEXTS = (".xml", ".rels", ".vml")  # members that a workbook is made of, whatever they begin with
_SAVE_AS = "请在 Excel 或 WPS 中打开,另存为“Excel 工作簿(*.xlsx)”,不设密码,重新报送"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True, kw_only=True)
class Part:
    """One sheet of the workbook: its name, its member in the zip and its comment members."""

    name: str
    member: str
    comments: tuple[str, ...]


def opened(data: bytes, suffix: str) -> zipfile.ZipFile:
    """The zip of a workbook, after a look at its directory; RefusedError if it is no .xlsx."""
    _look_at_head(data)
    if suffix != ".xlsx":
        raise RefusedError(f"不接受 {suffix or '无扩展名'} 文件,只接受 .xlsx", _SAVE_AS)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError):
        raise RefusedError("文件损坏或不是 .xlsx 工作簿", _SAVE_AS) from None
    members = archive.infolist()
    names = {m.filename for m in members}
    if len(members) > MAX_MEMBERS or len(names) != len(members):
        raise RefusedError("压缩包内文件过多或重名,不是正常的工作簿", _SAVE_AS)
    total = sum(m.file_size for m in members)
    packed = sum(m.compress_size for m in members) or 1
    if total > MAX_BYTES or (total > RATIO_FROM and total > MAX_RATIO * packed):
        raise RefusedError(
            "工作簿解压后过大,疑似压缩炸弹或含大量空白格式", "请删除多余行列后另存重报"
        )
    if any(m.flag_bits & 1 for m in members):
        raise RefusedError("文件已加密", _SAVE_AS)
    _look_at_names(names)
    macro = b"macroEnabled" in archive.read("[Content_Types].xml")
    if macro or "xl/vbaProject.bin" in names:
        raise RefusedError("工作簿含宏(.xlsm)", _SAVE_AS)
    if any(_is_archive(archive, m) for m in members):
        raise RefusedError("工作簿内嵌有其他文件或压缩包", "请删除嵌入的对象和附件,另存后重新报送")
    return archive


def _look_at_names(names: set[str]) -> None:
    if any(n.startswith("/") or ".." in n.split("/") for n in names):
        raise RefusedError("压缩包内有越出本文件的路径,不是正常的工作簿", _SAVE_AS)
    if "xl/workbook.bin" in names:
        raise RefusedError("这是 .xlsb 二进制工作簿", _SAVE_AS)
    if "xl/workbook.xml" not in names or "[Content_Types].xml" not in names:
        raise RefusedError("文件不是 Excel 工作簿", _SAVE_AS)


def _is_archive(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    """Whether the member is a file within the file, which nobody would look through."""
    if info.filename.lower().endswith(_TEXTS) or info.is_dir():
        return False
    if info.filename.startswith("xl/embeddings/"):
        return True
    with archive.open(info) as file:
        return file.read(8).startswith(ARCHIVES)


def _look_at_head(data: bytes) -> None:
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not data:
        raise RefusedError("文件是空的", "请重新报送完整的工作簿")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        what = "工作簿已加密或设有打开密码" if locked else "这是旧格式(.xls 或 .et)工作簿"
        raise RefusedError(what, _SAVE_AS)
    if head.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta")):
        raise RefusedError("文件实为网页或 XML 文本,只是改了扩展名", _SAVE_AS)


def member(archive: zipfile.ZipFile, name: str) -> bytes:
    """One member; RefusedError if it carries a document type (no workbook does)."""
    data = archive.read(name)
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise RefusedError("工作簿内含不允许的 XML 声明", _SAVE_AS)
    return data


def parts(archive: zipfile.ZipFile) -> list[Part]:
    """The worksheets in the order of the workbook."""
    targets = _relations(archive, "xl/workbook.xml")
    tree = ET.fromstring(member(archive, "xl/workbook.xml"))
    found = []
    for sheet in tree.iterfind(".//{*}sheets/{*}sheet"):
        identity = sheet.get(_RELATION) or next(
            (v for k, v in sheet.attrib.items() if k.endswith("}id")), ""
        )
        target, kind = targets.get(identity, ("", ""))
        if kind == "worksheet" and target in archive.NameToInfo:
            of_sheet = _relations(archive, target).values()
            comments = tuple(t for t, k in of_sheet if k in ("comments", "threadedComment"))
            found.append(Part(name=sheet.get("name", ""), member=target, comments=comments))
    return found


def styles(archive: zipfile.ZipFile) -> bytes:
    """The part that holds the formats of cells; empty where there is none."""
    name = "xl/styles.xml"
    return member(archive, name) if name in archive.NameToInfo else b""


def _relations(archive: zipfile.ZipFile, name: str) -> dict[str, tuple[str, str]]:
    folder, base = posixpath.split(name)
    path = f"{folder}/_rels/{base}.rels"
    if path not in archive.NameToInfo:
        return {}
    found = {}
    for node in ET.fromstring(member(archive, path)).iterfind("{*}Relationship"):
        target = node.get("Target", "")
        full = target[1:] if target.startswith("/") else posixpath.join(folder, target)
        kind = node.get("Type", "").rpartition("/")[2]
        found[node.get("Id", "")] = (posixpath.normpath(full), kind)
    return found


def comments(archive: zipfile.ZipFile, part: Part) -> list[tuple[str, str]]:
    """(cell address, text) of every comment on the sheet."""
    found = []
    for name in part.comments:
        if name in archive.NameToInfo:
            for node in ET.fromstring(member(archive, name)).iter():
                if re.sub(r"^\{.*\}", "", node.tag) in ("comment", "threadedComment"):
                    found.append((node.get("ref", "A1"), "".join(node.itertext())))
    return found
