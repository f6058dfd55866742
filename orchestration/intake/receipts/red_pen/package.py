"""A workbook's zip of which some parts are changed; every other part keeps its bytes."""

import io
import posixpath
import zipfile
from typing import Any

from lxml import etree

from orchestration.intake.reading import container

WORKBOOK = "xl/workbook.xml"
MAX_BYTES = 48 * 1024 * 1024  # unpacked; a workbook of sixteen forms with 2,000 rows each is half
_TYPES = "[Content_Types].xml"
_STRICT = "/spreadsheetml/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.{}+xml"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_QUICK = 1  # of zlib: half the time, for a file a fifth larger
_DAY = (1980, 1, 1, 0, 0, 0)  # the same bytes whenever they are written


class UnmarkableError(Exception):
    """The workbook is built in a way that cannot be marked without risk to it."""


class Package:
    """The parts of a workbook; change them, then `save`."""

    def __init__(self, data: bytes) -> None:
        self._zip = container.opened(data, ".xlsx")
        if sum(m.file_size for m in self._zip.infolist()) > MAX_BYTES:
            raise UnmarkableError("too large")
        self.sheets = {p.name: p.member for p in container.parts(self._zip)}
        self._changed: dict[str, bytes] = {}
        self._trees: dict[str, Any] = {}
        self._dropped: set[str] = set()

    @property
    def names(self) -> set[str]:
        """The members as they will be."""
        there = {m.filename for m in self._zip.infolist()} | set(self._changed) | set(self._trees)
        return there - self._dropped

    def read(self, name: str) -> bytes:
        """The bytes of a member."""
        return self._changed[name] if name in self._changed else container.member(self._zip, name)

    def head(self, name: str, size: int) -> bytes:
        """The first bytes of a member as it came."""
        with self._zip.open(name) as file:
            return file.read(size)

    def tree(self, name: str) -> Any:
        """A member as a tree; it is written anew, so that changes to it are saved."""
        if name not in self._trees:
            self._trees[name] = self.look(name)
        return self._trees[name]

    def look(self, name: str) -> Any:
        """A member as a tree that is only read: the member keeps its bytes."""
        if name not in self._trees:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
            return etree.fromstring(self.read(name), parser)
        return self._trees[name]

    def put(self, name: str, data: bytes, kind: str | None = None) -> None:
        """Set a member; `kind` is the content type of a new one (`comments`, `worksheet` …)."""
        self._changed[name] = data
        self._trees.pop(name, None)
        self._dropped.discard(name)
        if kind:
            types = self.tree(_TYPES)
            tag = types.tag.replace("Types", "Override")
            etree.SubElement(types, tag, PartName=f"/{name}", ContentType=_TYPE.format(kind))

    def drop(self, name: str) -> None:
        """Leave a member out."""
        self._dropped.add(name)

    def allow(self, extension: str, content_type: str) -> None:
        """Have a content type for every part of that extension."""
        types = self.tree(_TYPES)
        tag = types.tag.replace("Types", "Default")
        if all(node.get("Extension", "").lower() != extension for node in types.iterfind(tag)):
            types.insert(0, etree.Element(tag, Extension=extension, ContentType=content_type))

    def free(self, pattern: str) -> str:
        """A name that no member has, `pattern` with a number for `{}`."""
        there = {n.lower() for n in self.names}
        return next(
            name for n in range(1, 10_000) if (name := pattern.format(n)).lower() not in there
        )

    @property
    def office(self) -> str:
        """Namespace of the relationships: a workbook saved as `strict` has its own."""
        base, strict, _ = etree.QName(self.look(WORKBOOK)).namespace.partition(_STRICT)
        return f"{base}/officeDocument/relationships" if strict else _OFFICE

    def related(self, source: str, kind: str) -> list[tuple[str, str]]:
        """(id, member) of the parts of that kind that belong to `source`."""
        name = _relations_of(source)
        if name not in self.names:
            return []
        nodes = self.look(name).iterfind("{*}Relationship")
        return [
            (node.get("Id", ""), _target(source, node.get("Target", "")))
            for node in nodes
            if node.get("Type", "").rpartition("/")[2] == kind
        ]

    def relate(self, source: str, kind: str, target: str) -> str:
        """Add a relationship; its id is the answer."""
        name = _relations_of(source)
        if name not in self.names:
            self.put(name, f'<Relationships xmlns="{_RELATIONS}"/>'.encode())
        root = self.tree(name)
        used = {node.get("Id") for node in root}
        identity = next(i for n in range(1, 100_000) if (i := f"rId{n}") not in used)
        etree.SubElement(
            root, root.tag.replace("Relationships", "Relationship"),
            Id=identity, Type=f"{self.office}/{kind}", Target=f"/{target}",
        )  # fmt: skip
        return identity

    def save(self) -> bytes:
        """The workbook with its changes."""
        for name, root in self._trees.items():
            self._changed[name] = etree.tostring(
                root, xml_declaration=True, encoding="UTF-8", standalone=True
            )
        kept = [m.filename for m in self._zip.infolist()]
        new = sorted(set(self._changed) - set(kept))
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in [n for n in [*kept, *new] if n not in self._dropped]:
                part = self._changed.get(name)
                member = zipfile.ZipInfo(name, _DAY)
                member.compress_type = zipfile.ZIP_DEFLATED
                data = self._zip.read(name) if part is None else part
                archive.writestr(member, data, compresslevel=_QUICK)
        return file.getvalue()


def _relations_of(source: str) -> str:
    folder, base = posixpath.split(source)
    return f"{folder}/_rels/{base}.rels"


def _target(source: str, target: str) -> str:
    inside = posixpath.join(posixpath.dirname(source), target)
    return posixpath.normpath(target[1:] if target.startswith("/") else inside)
